#pragma once
#include <stdlib.h>

// Keeps some megabytes of freed memory in the process instead of giving each block back to the
// system (glibc; elsewhere nothing).
#ifdef __GLIBC__
#include <malloc.h>
static inline void kc_keep_freed_memory(void) {
  mallopt(M_MMAP_THRESHOLD, 4 << 20);
  mallopt(M_TRIM_THRESHOLD, 4 << 20);
  mallopt(M_TOP_PAD, 1 << 20);
}
#else
static inline void kc_keep_freed_memory(void) {}
#endif
