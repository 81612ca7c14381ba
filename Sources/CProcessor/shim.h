#pragma once

// Asks the processor to fetch the cache line of an address that will be read soon; any address will do.
static inline void kc_prefetch(const void *address) { __builtin_prefetch(address); }
