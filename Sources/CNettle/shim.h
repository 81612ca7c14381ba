#pragma once
#include <nettle/sha2.h>
#include <nettle/version.h>

// SHA-256 of one short message on the stack: no object is made, nothing is allocated.
static inline void kc_sha256(const void *message, size_t length, uint8_t *digest) {
  struct sha256_ctx context;
  sha256_init(&context);
  sha256_update(&context, length, (const uint8_t *)message);
#if NETTLE_VERSION_MAJOR >= 4
  sha256_digest(&context, digest);
#else
  sha256_digest(&context, SHA256_DIGEST_SIZE, digest);
#endif
}
