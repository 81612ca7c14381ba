// Stands between a program and the C library (LD_PRELOAD) and lets the n-th call that changes a
// file be the last one: of this process, of the whole process group, or the last one that succeeds.
//
//   KCFAULT_ROOT     only files below this folder count
//   KCFAULT_MATCH    and of them only those whose path contains this text; "|": only pipes
//   KCFAULT_COUNTER  a file of 8 bytes, mapped by all processes of a run: calls so far
//   KCFAULT_AT       the call, counted from 1, at which ACTION happens; absent: never
//   KCFAULT_ACTION   kill, kill-group, stop (until SIGCONT), ENOSPC, EROFS or EIO
//   KCFAULT_JOURNAL  a file to which every change is appended, for the imitation of a power cut
//   KCFAULT_CLOCK    seconds by which the clock of the program is ahead of the real one
//
// Journal lines have a letter and one or two paths, separated by tabs:
//   C created   W written   S synced   R renamed   L linked   U removed
// What may be lost is written before the call is made, what is safe after it.

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

// The program's own calls, found when they are first needed: constructors of libraries call too.
#define REAL(name) \
  static typeof(&name) real_##name; \
  if (!real_##name) real_##name = (typeof(&name))dlsym(RTLD_NEXT, #name)

// MARK: Settings

static atomic_ullong *counter;
static unsigned long long fatal_call;
static int kills, kills_group, stops, failure;
static int journal = -1;
static char root[PATH_MAX];
static size_t root_length;
static const char *match = "";

static int number_of(const char *action) {
  if (!strcmp(action, "ENOSPC")) return ENOSPC;
  if (!strcmp(action, "EROFS")) return EROFS;
  if (!strcmp(action, "EIO")) return EIO;
  return 0;
}

__attribute__((constructor)) static void start(void) {
  REAL(open);
  const char *folder = getenv("KCFAULT_ROOT"), *file = getenv("KCFAULT_COUNTER");
  if (!folder || !file) return;
  snprintf(root, sizeof root, "%s", folder);
  root_length = strlen(root);
  int shared = real_open(file, O_RDWR | O_CLOEXEC);
  if (shared < 0) return;
  void *page = mmap(NULL, 8, PROT_READ | PROT_WRITE, MAP_SHARED, shared, 0);
  close(shared);
  if (page == MAP_FAILED) return;
  const char *at = getenv("KCFAULT_AT"), *action = getenv("KCFAULT_ACTION");
  const char *record = getenv("KCFAULT_JOURNAL"), *text = getenv("KCFAULT_MATCH");
  if (text) match = text;
  if (at) fatal_call = strtoull(at, NULL, 10);
  if (action) {
    kills_group = !strcmp(action, "kill-group");
    kills = kills_group || !strcmp(action, "kill");
    stops = !strcmp(action, "stop");
    failure = number_of(action);
  }
  if (record) journal = real_open(record, O_WRONLY | O_APPEND | O_CLOEXEC);
  counter = page;
}

// MARK: What counts

static int is_below(const char *path) {
  return counter && path && !strncmp(path, root, root_length)
    && (path[root_length] == '/' || path[root_length] == 0) && strstr(path + root_length, match);
}

// The name of an open file, or an empty text.
static void name_of(int file, char name[PATH_MAX]) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  ssize_t length = readlink(link, name, PATH_MAX - 1);
  name[length < 0 ? 0 : length] = 0;
}

static int is_open_below(int file, char name[PATH_MAX]) {
  if (!counter) return 0;
  name_of(file, name);
  return is_below(name);
}

// Words between engine and workers: moments to die at, but no disk to fail.
static int is_pipe(int file) {
  struct stat info;
  return counter && (!*match || !strcmp(match, "|")) && !fstat(file, &info)
    && S_ISFIFO(info.st_mode);
}

// Counts a call; whether it must fail. Does not return where the call is the process's last.
static int fails(void) {
  unsigned long long call = atomic_fetch_add(counter, 1) + 1;
  if (kills && call == fatal_call) {
    kill(kills_group ? 0 : getpid(), SIGKILL);
    for (;;) pause();
  }
  // To this thread, or it would go on until another one takes the signal.
  if (stops && call == fatal_call) raise(SIGSTOP);
  if (!failure || !fatal_call || call < fatal_call) return 0;
  errno = failure;
  return 1;
}

// A full disk still lets files go, and their names change.
static int fails_unless_full(void) { return fails() && failure != ENOSPC; }

static void note(char letter, const char *first, const char *second) {
  REAL(write);
  if (journal < 0) return;
  char line[2 * PATH_MAX + 8];
  int length = snprintf(line, sizeof line, second ? "%c\t%s\t%s\n" : "%c\t%s\n", letter, first, second);
  int before = errno;
  if (length > 0 && real_write(journal, line, (size_t)length) < 0) abort();
  errno = before;
}

// MARK: Data

#define CHANGES_DATA(name, parameters, arguments) \
  ssize_t name parameters { \
    REAL(name); \
    char path[PATH_MAX]; \
    if (is_open_below(file, path)) { \
      note('W', path, NULL); \
      if (fails()) return -1; \
    } else if ((kills || stops) && is_pipe(file)) { \
      fails(); \
    } \
    return real_##name arguments; \
  }

CHANGES_DATA(write, (int file, const void *bytes, size_t count), (file, bytes, count))
CHANGES_DATA(writev, (int file, const struct iovec *parts, int count), (file, parts, count))
CHANGES_DATA(pwrite, (int file, const void *bytes, size_t count, off_t at), (file, bytes, count, at))
CHANGES_DATA(pwrite64, (int file, const void *bytes, size_t count, off64_t at), (file, bytes, count, at))

#define CHANGES_SIZE(name, type) \
  int name(int file, type length) { \
    REAL(name); \
    char path[PATH_MAX]; \
    if (is_open_below(file, path)) { \
      note('W', path, NULL); \
      if (fails()) return -1; \
    } \
    return real_##name(file, length); \
  }

CHANGES_SIZE(ftruncate, off_t)
CHANGES_SIZE(ftruncate64, off64_t)

#define SYNCS(name) \
  int name(int file) { \
    REAL(name); \
    char path[PATH_MAX]; \
    int counts = is_open_below(file, path); \
    if (counts && fails()) return -1; \
    int result = real_##name(file); \
    if (counts && !result) note('S', path, NULL); \
    return result; \
  }

SYNCS(fsync)
SYNCS(fdatasync)

// MARK: Names

static int moves(const char *from, const char *to) { return is_below(from) || is_below(to); }

int rename(const char *from, const char *to) {
  REAL(rename);
  if (moves(from, to)) {
    note('R', from, to);
    if (fails()) return -1;
  }
  return real_rename(from, to);
}

int renameat(int a, const char *from, int b, const char *to) {
  REAL(renameat);
  if (moves(from, to)) {
    note('R', from, to);
    if (fails()) return -1;
  }
  return real_renameat(a, from, b, to);
}

int link(const char *from, const char *to) {
  REAL(link);
  if (is_below(to)) {
    note('L', from, to);
    if (fails()) return -1;
  }
  return real_link(from, to);
}

int linkat(int a, const char *from, int b, const char *to, int flags) {
  REAL(linkat);
  if (is_below(to)) {
    note('L', from, to);
    if (fails()) return -1;
  }
  return real_linkat(a, from, b, to, flags);
}

#define REMOVES(name, parameters, arguments) \
  int name parameters { \
    REAL(name); \
    if (is_below(path)) { \
      note('U', path, NULL); \
      if (fails_unless_full()) return -1; \
    } \
    return real_##name arguments; \
  }

REMOVES(unlink, (const char *path), (path))
REMOVES(unlinkat, (int folder, const char *path, int flags), (folder, path, flags))
REMOVES(rmdir, (const char *path), (path))

int mkdir(const char *path, mode_t mode) {
  REAL(mkdir);
  // A folder that is there is there on a broken disk, too: EEXIST comes first.
  if (is_below(path) && access(path, F_OK)) {
    note('C', path, NULL);
    if (fails()) return -1;
  }
  return real_mkdir(path, mode);
}

int chmod(const char *path, mode_t mode) {
  REAL(chmod);
  if (is_below(path) && fails_unless_full()) return -1;
  return real_chmod(path, mode);
}

// MARK: Opening

// Opening counts where it makes a file, or where the disk has become read-only.
static int opening_fails(const char *path, int flags) {
  if (!is_below(path) || (flags & O_ACCMODE) == O_RDONLY) return 0;
  int is_new = (flags & O_CREAT) && access(path, F_OK);
  if (is_new) note('C', path, NULL);
  if (is_new || (flags & O_TRUNC)) note('W', path, NULL);
  if (is_new) return fails();
  return failure == EROFS && fails();
}

#define OPENS(name, first, ...) \
  int name(first const char *path, int flags, ...) { \
    REAL(name); \
    mode_t mode = 0; \
    if (flags & (O_CREAT | O_TMPFILE)) { \
      va_list rest; \
      va_start(rest, flags); \
      mode = va_arg(rest, mode_t); \
      va_end(rest); \
    } \
    if (opening_fails(path, flags)) return -1; \
    return real_##name(__VA_ARGS__ path, flags, mode); \
  }

#define COMMA ,
OPENS(open, )
OPENS(open64, )
OPENS(openat, int folder COMMA, folder COMMA)
OPENS(openat64, int folder COMMA, folder COMMA)

int mkstemp(char *path) {
  REAL(mkstemp);
  if (!is_below(path)) return real_mkstemp(path);
  if (fails()) return -1;
  int file = real_mkstemp(path);
  if (file >= 0) note('C', path, NULL);
  return file;
}

// MARK: The clock

int clock_gettime(clockid_t clock, struct timespec *now) {
  REAL(clock_gettime);
  int result = real_clock_gettime(clock, now);
  const char *ahead = getenv("KCFAULT_CLOCK");
  if (!result && ahead && clock == CLOCK_REALTIME) now->tv_sec += strtol(ahead, NULL, 10);
  return result;
}
