#pragma once
// The kernel's counter of instructions, whose system call has no name in the C library.
#include <errno.h>

#ifdef __linux__
#include <linux/perf_event.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

// Counts the instructions that a thread and the threads it starts from now on execute outside the
// kernel; a descriptor to read a 64-bit number from, or minus the error's number.
static inline int kc_perf_open_instructions(int thread) {
  struct perf_event_attr attributes;
  memset(&attributes, 0, sizeof attributes);
  attributes.size = sizeof attributes;
  attributes.type = PERF_TYPE_HARDWARE;
  attributes.config = PERF_COUNT_HW_INSTRUCTIONS;
  attributes.inherit = 1;
  attributes.exclude_kernel = 1;
  attributes.exclude_hv = 1;
  int file = (int)syscall(SYS_perf_event_open, &attributes, thread, -1, -1, PERF_FLAG_FD_CLOEXEC);
  return file >= 0 ? file : -errno;
}
#else
static inline int kc_perf_open_instructions(int thread) {
  (void)thread;
  return -ENOSYS;
}
#endif
