internal import CHDF5

/// An open object of the HDF5 library, closed when the handle goes away.
struct HDF5Handle: ~Copyable {
  typealias Closer = @convention(c) (hid_t) -> herr_t

  let id: hid_t
  private let close: Closer

  /// Opens an object with `body`; the handle owns it only once `body` has succeeded.
  init(
    _ call: String, on object: String, closing close: @escaping Closer, _ body: () -> hid_t
  ) throws(HDF5Error) {
    let opened = try hdf5(call, on: object, body)
    self.close = close
    self.id = opened  // Assigned last: once it is, a throw would run `deinit`.
  }

  deinit { _ = close(id) }
}

extension HDF5Handle {
  static func space(_ extents: [Int], on object: String) throws(HDF5Error) -> HDF5Handle {
    try space(extents, growing: false, on: object)
  }

  /// A data space; with `growing` its first axis has no upper bound.
  static func space(
    _ extents: [Int], growing: Bool, on object: String
  ) throws(HDF5Error) -> HDF5Handle {
    guard !extents.isEmpty else {
      return try HDF5Handle("H5Screate", on: object, closing: H5Sclose) { H5Screate(H5S_SCALAR) }
    }
    let sizes = extents.map(hsize_t.init)
    var bounds = sizes
    if growing { bounds[0] = kc_h5_unlimited() }
    return try HDF5Handle("H5Screate_simple", on: object, closing: H5Sclose) {
      unsafe H5Screate_simple(Int32(sizes.count), sizes, bounds)
    }
  }

  static func properties(_ kind: hid_t, on object: String) throws(HDF5Error) -> HDF5Handle {
    try HDF5Handle("H5Pcreate", on: object, closing: H5Pclose) { H5Pcreate(kind) }
  }

  /// Texts of any length in UTF-8.
  static func textType(on object: String) throws(HDF5Error) -> HDF5Handle {
    let type = try HDF5Handle("H5Tcopy", on: object, closing: H5Tclose) {
      H5Tcopy(kc_h5_c_string())
    }
    try hdf5("H5Tset_size", on: object) { H5Tset_size(type.id, kc_h5_variable()) }
    try hdf5("H5Tset_cset", on: object) { H5Tset_cset(type.id, H5T_CSET_UTF8) }
    return type
  }

  /// How texts are read and written: converted in pieces of 64 KiB.
  ///
  /// The library's own pieces are a megabyte, which it clears each time, be there one text or many.
  static func textTransfer(on object: String) throws(HDF5Error) -> HDF5Handle {
    let transfer = try properties(kc_h5_transfer(), on: object)
    try hdf5("H5Pset_buffer", on: object) { H5Pset_buffer(transfer.id, 65_536, nil, nil) }
    return transfer
  }

  static func dataset(
    opening name: String, in file: borrowing HDF5Handle
  ) throws(HDF5Error) -> HDF5Handle {
    let parent = file.id
    return try HDF5Handle("H5Dopen2", on: name, closing: H5Dclose) {
      unsafe H5Dopen2(parent, name, kc_h5_default())
    }
  }
}

extension ElementType {
  /// The library's type in memory; texts have a type of their own, see `HDF5Handle.textType`.
  var memoryType: hid_t {
    switch self {
    case .float64: kc_h5_native_double()
    case .int64: kc_h5_native_int64()
    case .int32: kc_h5_native_int32()
    case .int8: kc_h5_native_int8()
    case .uint64: kc_h5_native_uint64()
    case .text: kc_h5_c_string()
    }
  }

  /// The type in a file: little-endian everywhere, so that files are equal across machines.
  var fileType: hid_t {
    switch self {
    case .float64: kc_h5_file_double()
    case .int64: kc_h5_file_int64()
    case .int32: kc_h5_file_int32()
    case .int8: kc_h5_file_int8()
    case .uint64: kc_h5_file_uint64()
    case .text: kc_h5_c_string()
    }
  }
}
