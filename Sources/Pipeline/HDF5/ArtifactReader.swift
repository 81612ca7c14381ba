internal import CHDF5
import Foundation

/// Reads the variables of an HDF5 file: an artifact of ours, or a file that a user hands in.
///
///     let prices = try artifact.read(PopulationArtifact.price)
///
/// A file that is damaged, or does not hold what is asked for, gives a `DataError` that names it.
public final class ArtifactReader {
  let file: HDF5File
  package let baseName: String

  public init(opening path: String) throws(DataError) {
    baseName = (path as NSString).lastPathComponent
    do throws(HDF5Error) {
      file = try HDF5File(opening: path)
    } catch {
      throw DataError(baseName, expected: "a readable HDF5 file", found: error.reason)
    }
  }

  /// The names of the variables in the root group, in order of creation where it was tracked.
  public func variableNames() throws(DataError) -> [String] {
    try guarded("/") { () throws(HDF5Error) in
      let id = file.handle.id
      var info = H5G_info_t()
      try hdf5("H5Gget_info", on: "/") { unsafe H5Gget_info(id, &info) }
      var names: [String] = []
      for i in 0..<info.nlinks { names.append(try linkName(i)) }
      return names
    }
  }

  private func linkName(_ i: hsize_t) throws(HDF5Error) -> String {
    let id = file.handle.id
    var buffer = [CChar](repeating: 0, count: 1024)
    try hdf5("H5Lget_name_by_idx", on: "/") {
      unsafe H5Lget_name_by_idx(
        id, ".", H5_INDEX_NAME, H5_ITER_INC, i, &buffer, buffer.count, kc_h5_default())
    }
    return String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  public func contains(_ name: String) -> Bool {
    let id = file.handle.id
    return unsafe H5Lexists(id, name, kc_h5_default()) > 0
  }

  /// The extents of a variable; none for a scalar.
  public func shape(of name: String) throws(DataError) -> [Int] {
    try guarded(name) { () throws(HDF5Error) in
      let set = try HDF5Handle.dataset(opening: name, in: file.handle)
      return try Self.extents(of: set.id, name)
    }
  }

  public func shape<Element>(of column: Column<Element>) throws(DataError) -> [Int] {
    try shape(of: column.name)
  }

  /// All values of a variable, row-major.
  public func read<Element>(_ column: Column<Element>) throws(DataError) -> [Element] {
    try read(column.name, as: Element.self)
  }

  /// The rows in `range` of a one-dimensional variable.
  public func read<Element>(
    _ column: Column<Element>, rows range: Range<Int>
  ) throws(DataError) -> [Element] {
    try read(column.name, as: Element.self, rows: range)
  }

  public func read<Element: ColumnElement>(
    _ name: String, as type: Element.Type, rows: Range<Int>? = nil
  ) throws(DataError) -> [Element] {
    try guarded(name) { () throws(HDF5Error) in
      let set = try HDF5Handle.dataset(opening: name, in: file.handle)
      if Element.self == String.self {
        return try readTexts(set.id, name).map { unsafe unsafeBitCast($0, to: Element.self) }
      }
      return try Self.readNumbers(set.id, name, rows: rows)
    }
  }

  /// The value of a scalar variable.
  public func scalar<Element>(_ column: Column<Element>) throws(DataError) -> Element {
    guard let value = try read(column).first else {
      throw DataError(baseName, at: column.name, expected: "a scalar", found: "nothing")
    }
    return value
  }

  func guarded<R>(
    _ name: String, _ body: () throws(HDF5Error) -> R
  ) throws(DataError) -> R {
    do throws(HDF5Error) {
      return try body()
    } catch {
      throw DataError(
        baseName, at: name, expected: "a dataset that can be read", found: error.reason)
    }
  }

  private static func extents(of set: hid_t, _ name: String) throws(HDF5Error) -> [Int] {
    let space = try HDF5Handle("H5Dget_space", on: name, closing: H5Sclose) { H5Dget_space(set) }
    let rank = try hdf5("H5Sget_simple_extent_ndims", on: name) {
      H5Sget_simple_extent_ndims(space.id)
    }
    guard rank > 0 else { return [] }
    var sizes = [hsize_t](repeating: 0, count: Int(rank))
    try hdf5("H5Sget_simple_extent_dims", on: name) {
      unsafe H5Sget_simple_extent_dims(space.id, &sizes, nil)
    }
    return sizes.map(Int.init)
  }

  private static func readNumbers<Element: ColumnElement>(
    _ set: hid_t, _ name: String, rows: Range<Int>?
  ) throws(HDF5Error) -> [Element] {
    let extents = try extents(of: set, name)
    let target = try HDF5Handle("H5Dget_space", on: name, closing: H5Sclose) { H5Dget_space(set) }
    var wanted = extents
    if let rows, !extents.isEmpty {
      let range = rows.clamped(to: 0..<extents[0])
      wanted[0] = range.count
      let start = [hsize_t(range.lowerBound)] + extents.dropFirst().map { _ in 0 }
      let count = wanted.map(hsize_t.init)
      try hdf5("H5Sselect_hyperslab", on: name) {
        unsafe H5Sselect_hyperslab(target.id, H5S_SELECT_SET, start, nil, count, nil)
      }
    }
    let total = wanted.reduce(1, *)
    guard total > 0 else { return [] }
    let source = try HDF5Handle.space(wanted, on: name)
    var failure: HDF5Error?
    let values = unsafe [Element](unsafeUninitializedCapacity: total) { data, count in
      do throws(HDF5Error) {
        try hdf5("H5Dread", on: name) {
          unsafe H5Dread(
            set, Element.elementType.memoryType, source.id, target.id, kc_h5_default(),
            data.baseAddress)
        }
        count = total
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    return values
  }

  private func readTexts(_ set: hid_t, _ name: String) throws(HDF5Error) -> [String] {
    let total = try Self.extents(of: set, name).reduce(1, *)
    guard total > 0 else { return [] }
    let stored = try HDF5Handle("H5Dget_type", on: name, closing: H5Tclose) { H5Dget_type(set) }
    guard H5Tis_variable_str(stored.id) > 0 else {
      return try readFixedTexts(set, name, total, width: H5Tget_size(stored.id), stored.id)
    }
    let type = try HDF5Handle.textType(on: name)
    let space = try HDF5Handle("H5Dget_space", on: name, closing: H5Sclose) { H5Dget_space(set) }
    let transfer = try HDF5Handle.textTransfer(on: name)
    var pointers = unsafe [UnsafeMutablePointer<CChar>?](repeating: nil, count: total)
    try hdf5("H5Dread", on: name) {
      unsafe H5Dread(set, type.id, kc_h5_all(), kc_h5_all(), transfer.id, &pointers)
    }
    let texts = unsafe pointers.map { pointer in
      unsafe pointer.map { unsafe String(cString: $0) } ?? ""
    }
    _ = unsafe H5Dvlen_reclaim(type.id, space.id, transfer.id, &pointers)
    return texts
  }

  /// Texts of fixed width, as numpy writes them.
  private func readFixedTexts(
    _ set: hid_t, _ name: String, _ total: Int, width: Int, _ type: hid_t
  ) throws(HDF5Error) -> [String] {
    guard H5Tget_class(type) == H5T_STRING else {
      throw HDF5Error(call: "H5Dread", object: name, reason: "not a dataset of texts")
    }
    var bytes = [UInt8](repeating: 0, count: total * width)
    try hdf5("H5Dread", on: name) {
      unsafe H5Dread(set, type, kc_h5_all(), kc_h5_all(), kc_h5_default(), &bytes)
    }
    return (0..<total).map { i in
      String(decoding: bytes[i * width..<(i + 1) * width].prefix { $0 != 0 }, as: UTF8.self)
    }
  }
}
