#pragma once
#include <stdlib.h>

// Lets all threads allocate from one heap; keeps some megabytes of freed memory in the process instead of
// giving each block back to the system, and gives all of it back on demand (glibc; elsewhere nothing).
#ifdef __GLIBC__
#include <malloc.h>
static inline void kc_share_heap(void) { mallopt(M_ARENA_MAX, 1); }
static inline void kc_keep_freed_memory(void) {
  mallopt(M_MMAP_THRESHOLD, 8 << 20);
  mallopt(M_TRIM_THRESHOLD, 16 << 20);
  mallopt(M_TOP_PAD, 1 << 20);
}
static inline void kc_return_freed_memory(void) { malloc_trim(0); }
#else
static inline void kc_share_heap(void) {}
static inline void kc_keep_freed_memory(void) {}
static inline void kc_return_freed_memory(void) {}
#endif
