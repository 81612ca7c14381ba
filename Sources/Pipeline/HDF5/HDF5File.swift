internal import CHDF5

/// An HDF5 file as artifacts need it: equal content gives equal bytes, and netCDF-4 tools read it.
struct HDF5File: ~Copyable {
  let handle: HDF5Handle
  let path: String

  /// Tells the library, before its first use, to do nothing when the process ends.
  ///
  /// It would once more close what it could not close before, as on a full disk, and crash. Every file
  /// is closed by its handle, so nothing is left to do.
  private static let leavesExitAlone: Void = { _ = H5dont_atexit() }()

  /// Creates a file that must not exist yet.
  ///
  /// Times of objects are not tracked and the library's version bounds are fixed, or two equal runs
  /// would differ; creation order is tracked, or netCDF-4 refuses the file.
  init(creating path: String) throws(HDF5Error) {
    Self.leavesExitAlone
    let creation = try HDF5Handle.properties(kc_h5_file_create(), on: path)
    try hdf5("H5Pset_obj_track_times", on: path) { H5Pset_obj_track_times(creation.id, false) }
    try hdf5("H5Pset_link_creation_order", on: path) {
      H5Pset_link_creation_order(creation.id, kc_h5_creation_order())
    }
    try hdf5("H5Pset_attr_creation_order", on: path) {
      H5Pset_attr_creation_order(creation.id, kc_h5_creation_order())
    }
    let access = try Self.access(on: path)
    try hdf5("H5Pset_libver_bounds", on: path) {
      H5Pset_libver_bounds(access.id, H5F_LIBVER_V18, H5F_LIBVER_V110)
    }
    handle = try HDF5Handle("H5Fcreate", on: path, closing: H5Fclose) {
      unsafe H5Fcreate(path, kc_h5_exclusive(), creation.id, access.id)
    }
    self.path = path
  }

  /// Opens a file for reading.
  init(opening path: String) throws(HDF5Error) {
    Self.leavesExitAlone
    let access = try Self.access(on: path)
    handle = try HDF5Handle("H5Fopen", on: path, closing: H5Fclose) {
      unsafe H5Fopen(path, kc_h5_read_only(), access.id)
    }
    self.path = path
  }

  /// Without the library's own file locks.
  ///
  /// The store's locks order writers and readers. The library's would only fail: a process that is
  /// being started inherits them for a moment, and a sweep claims a link to the same file.
  private static func access(on path: String) throws(HDF5Error) -> HDF5Handle {
    let access = try HDF5Handle.properties(kc_h5_file_access(), on: path)
    try hdf5("H5Pset_file_locking", on: path) { H5Pset_file_locking(access.id, false, true) }
    return access
  }
}

/// Attributes of the object with this id.
struct HDF5Attributes {
  let owner: hid_t
  let object: String
  let shared: SharedHandles

  func write(_ name: String, text: String) throws(HDF5Error) {
    let type = shared.text.id
    let attribute = try create(name, type, shared.scalar.id)
    try hdf5("H5Awrite", on: name) {
      unsafe text.withCString { start in
        var pointer: UnsafePointer<CChar>? = unsafe start
        return unsafe H5Awrite(attribute.id, type, &pointer)
      }
    }
  }

  func write(_ name: String, codes: [Int8]) throws(HDF5Error) {
    let space = try HDF5Handle.space([codes.count], on: name)
    let attribute = try create(name, ElementType.int8.fileType, space.id)
    try hdf5("H5Awrite", on: name) {
      unsafe H5Awrite(attribute.id, ElementType.int8.memoryType, codes)
    }
  }

  private func create(
    _ name: String, _ type: hid_t, _ space: hid_t
  ) throws(HDF5Error) -> HDF5Handle {
    try HDF5Handle("H5Acreate2", on: "\(object)/\(name)", closing: H5Aclose) {
      unsafe H5Acreate2(owner, name, type, space, kc_h5_default(), kc_h5_default())
    }
  }
}
