#pragma once
#include <hdf5.h>
#include <hdf5_hl.h>
#include <string.h>

// HDF5 names its types, property lists and flags by macros that call H5open(), which Swift cannot
// import. Each is given a function here.
static inline hid_t kc_h5_native_double(void) { return H5T_NATIVE_DOUBLE; }
static inline hid_t kc_h5_native_int64(void) { return H5T_NATIVE_INT64; }
static inline hid_t kc_h5_native_int32(void) { return H5T_NATIVE_INT32; }
static inline hid_t kc_h5_native_int8(void) { return H5T_NATIVE_INT8; }
static inline hid_t kc_h5_native_uint64(void) { return H5T_NATIVE_UINT64; }
static inline hid_t kc_h5_file_double(void) { return H5T_IEEE_F64LE; }
static inline hid_t kc_h5_file_int64(void) { return H5T_STD_I64LE; }
static inline hid_t kc_h5_file_int32(void) { return H5T_STD_I32LE; }
static inline hid_t kc_h5_file_int8(void) { return H5T_STD_I8LE; }
static inline hid_t kc_h5_file_uint64(void) { return H5T_STD_U64LE; }
static inline hid_t kc_h5_file_float_be(void) { return H5T_IEEE_F32BE; }
static inline hid_t kc_h5_c_string(void) { return H5T_C_S1; }

static inline size_t kc_h5_variable(void) { return H5T_VARIABLE; }

static inline hid_t kc_h5_default(void) { return H5P_DEFAULT; }
static inline hid_t kc_h5_all(void) { return H5S_ALL; }
static inline hid_t kc_h5_file_create(void) { return H5P_FILE_CREATE; }
static inline hid_t kc_h5_file_access(void) { return H5P_FILE_ACCESS; }
static inline hid_t kc_h5_dataset_create(void) { return H5P_DATASET_CREATE; }
static inline hid_t kc_h5_dataset_access(void) { return H5P_DATASET_ACCESS; }
static inline hid_t kc_h5_transfer(void) { return H5P_DATASET_XFER; }
static inline unsigned kc_h5_exclusive(void) { return H5F_ACC_EXCL; }
static inline unsigned kc_h5_read_only(void) { return H5F_ACC_RDONLY; }
static inline unsigned kc_h5_creation_order(void) { return H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED; }
static inline hsize_t kc_h5_unlimited(void) { return H5S_UNLIMITED; }

// The error stack belongs to the calling thread, and so does its printing.
static inline void kc_h5_silence(void) { H5Eset_auto2(H5E_DEFAULT, NULL, NULL); }

static inline herr_t kc_h5_keep_first(unsigned n, const H5E_error2_t *error, void *text) {
  if (n == 0 && error->desc) { strncpy((char *)text, error->desc, 1023); }
  return 0;
}

// Copies the description of the innermost error into `text` (1024 bytes) and clears the stack.
static inline void kc_h5_take_error(char *text) {
  memset(text, 0, 1024);
  H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, kc_h5_keep_first, text);
  text[1023] = 0;
  H5Eclear2(H5E_DEFAULT);
}

// The version whose headers were compiled; the library refuses to work under those of another.
static inline unsigned kc_h5_version_major(void) { return H5_VERS_MAJOR; }
static inline unsigned kc_h5_version_minor(void) { return H5_VERS_MINOR; }
static inline unsigned kc_h5_version_release(void) { return H5_VERS_RELEASE; }
