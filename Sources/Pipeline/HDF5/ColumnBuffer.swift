internal import CHDF5

/// The part of a variable that has been handed over but is not in the file yet.
///
/// Rows gather until a chunk is full, so the library always writes whole chunks and memory does not
/// grow with the length of the variable. A variable that never fills a chunk gets one of its own
/// length: small tables stay small.
final class ColumnBuffer {
  let schema: VariableSchema
  private let file: hid_t
  private let shared: SharedHandles
  private var bytes: [UInt8] = []
  private var texts: [String] = []
  private var hasher = XXHash64()
  private var dataset: HDF5Handle?
  /// Rows that are in the file.
  private var written = 0
  /// The extents behind the first.
  private(set) var innerShape: [Int]?
  private var isScalarSet = false

  /// Chunks of 128 KiB: between the 64 KiB and 1 MiB that readers like.
  private static let chunkBytes = 131_072

  init(_ schema: VariableSchema, in file: hid_t, sharing shared: SharedHandles) {
    self.schema = schema
    self.file = file
    self.shared = shared
  }

  var isWritten: Bool { schema.dimensions.isEmpty ? isScalarSet : innerShape != nil }
  private var rank: Int { schema.dimensions.count }
  private var rowElements: Int { (innerShape ?? []).reduce(1, *) }
  private var rowBytes: Int { max(1, rowElements * schema.type.byteCount) }
  private var chunkRows: Int { max(1, Self.chunkBytes / rowBytes) }
  private var pendingRows: Int {
    schema.type == .text ? texts.count / max(1, rowElements) : bytes.count / rowBytes
  }
  /// Rows handed over so far, in the file or not.
  var rows: Int { written + pendingRows }
  /// The variable's extents; none for a scalar.
  var shape: [Int] { rank == 0 ? [] : [rows] + (innerShape ?? []) }

  /// Adds rows; `inner` are the extents behind the first and must stay the same.
  func append(_ raw: UnsafeRawBufferPointer, inner: [Int]) throws(HDF5Error) {
    start(inner)
    var rest = unsafe raw[...]
    while unsafe !rest.isEmpty {
      let room = unsafe min(rest.count, chunkRows * rowBytes - bytes.count)
      unsafe bytes.append(contentsOf: rest.prefix(room))
      unsafe rest = rest.dropFirst(room)
      if bytes.count == chunkRows * rowBytes { try flush(growing: true) }
    }
  }

  func append(_ values: [String], inner: [Int]) throws(HDF5Error) {
    start(inner)
    texts.append(contentsOf: values)
    if texts.count >= Self.chunkBytes / 8 { try flush(growing: true) }
  }

  private func start(_ inner: [Int]) {
    precondition(
      innerShape == nil || innerShape == inner, "\(schema.name): rows of unequal shape")
    innerShape = inner
  }

  /// Sets a scalar.
  func set(_ raw: UnsafeRawBufferPointer) {
    unsafe bytes.append(contentsOf: raw)
    isScalarSet = true
  }

  func set(_ text: String) {
    texts = [text]
    isScalarSet = true
  }

  /// Writes what is pending and tells what the variable must hold.
  func finish() throws(HDF5Error) -> DatasetChecksum {
    if rank == 0 || pendingRows > 0 || dataset == nil { try flush(growing: false) }
    return DatasetChecksum(name: schema.name, shape: shape, values: hasher.finalize())
  }

  /// The open dataset, for scales and attributes after `finish`.
  @discardableResult
  func withDataset<R>(_ body: (hid_t) throws(HDF5Error) -> R) throws(HDF5Error) -> R {
    guard let id = dataset?.id else { preconditionFailure("\(schema.name) is not finished") }
    return try body(id)
  }

  func closeDataset() { dataset = nil }

  private func flush(growing: Bool) throws(HDF5Error) {
    let count = pendingRows
    if dataset == nil { try create(rows: count, growing: growing) }
    if written > 0 || growing { try extend(to: written + count) }
    try write(rows: count)
    written += count
    bytes.removeAll(keepingCapacity: true)
    texts.removeAll(keepingCapacity: true)
  }

  private func extend(to rows: Int) throws(HDF5Error) {
    guard let id = dataset?.id, rank > 0 else { return }
    let extents = ([rows] + (innerShape ?? [])).map(hsize_t.init)
    try hdf5("H5Dset_extent", on: schema.name) { unsafe H5Dset_extent(id, extents) }
  }

  private func create(rows: Int, growing: Bool) throws(HDF5Error) {
    guard rank > 0 else { return try create(shared.scalar.id, shared.creation.id) }
    let extents = [growing ? 0 : rows] + (innerShape ?? [])
    let isEmpty = extents.contains(0)
    let space = try HDF5Handle.space(extents, growing: isEmpty, on: schema.name)
    let properties = try SharedHandles.creation(on: schema.name)
    try configure(properties.id, chunk: [max(1, growing ? chunkRows : rows)])
    try create(space.id, properties.id)
  }

  private func create(_ space: hid_t, _ properties: hid_t) throws(HDF5Error) {
    let type = schema.type == .text ? shared.text.id : schema.type.fileType
    dataset = try HDF5Handle("H5Dcreate2", on: schema.name, closing: H5Dclose) {
      unsafe H5Dcreate2(
        file, schema.name, type, space, kc_h5_default(), properties, shared.access.id)
    }
  }

  /// Checksums on everything, compression on integers only: shuffled floats deflate badly and
  /// slowly, and would stall a stage that streams records.
  private func configure(_ properties: hid_t, chunk: [Int]) throws(HDF5Error) {
    let name = schema.name
    let extents = (chunk + (innerShape ?? []).map { max(1, $0) }).map(hsize_t.init)
    try hdf5("H5Pset_chunk", on: name) { unsafe H5Pset_chunk(properties, Int32(rank), extents) }
    guard schema.type != .text else { return }
    if schema.type.isExact {
      try hdf5("H5Pset_shuffle", on: name) { H5Pset_shuffle(properties) }
      try hdf5("H5Pset_deflate", on: name) { H5Pset_deflate(properties, 1) }
    }
    try hdf5("H5Pset_fletcher32", on: name) { H5Pset_fletcher32(properties) }
  }

  private func write(rows: Int) throws(HDF5Error) {
    guard rank == 0 || rows * rowElements > 0 else { return }
    guard self.rows > rows else { return try write(from: kc_h5_all(), to: kc_h5_all()) }
    let target = try selection(rows: rows)
    let source = try HDF5Handle.space([rows] + (innerShape ?? []), on: schema.name)
    try write(from: source.id, to: target.id)
  }

  /// Writes what is pending from a space of the memory to one of the file.
  private func write(from source: hid_t, to target: hid_t) throws(HDF5Error) {
    guard schema.type != .text else { return try writeTexts(source, target) }
    guard let id = dataset?.id else { return }
    unsafe bytes.withUnsafeBytes { unsafe hasher.update($0) }
    try hdf5("H5Dwrite", on: schema.name) {
      unsafe H5Dwrite(id, schema.type.memoryType, source, target, kc_h5_default(), bytes)
    }
  }

  /// The rows of the file that the pending ones go to.
  private func selection(rows: Int) throws(HDF5Error) -> HDF5Handle {
    guard let id = dataset?.id else { preconditionFailure("no dataset to select from") }
    let space = try HDF5Handle("H5Dget_space", on: schema.name, closing: H5Sclose) {
      H5Dget_space(id)
    }
    let start = [hsize_t(written)] + (innerShape ?? []).map { _ in 0 }
    let count = ([rows] + (innerShape ?? [])).map(hsize_t.init)
    try hdf5("H5Sselect_hyperslab", on: schema.name) {
      unsafe H5Sselect_hyperslab(space.id, H5S_SELECT_SET, start, nil, count, nil)
    }
    return space
  }

  private func writeTexts(_ source: hid_t, _ target: hid_t) throws(HDF5Error) {
    guard let id = dataset?.id else { return }
    for text in texts { hasher.update(text: "\(text.utf8.count):\(text)") }
    try hdf5("H5Dwrite", on: schema.name) {
      unsafe withCStrings(texts) { pointers in
        unsafe H5Dwrite(
          id, shared.text.id, source, target, shared.transfer.id, pointers.baseAddress)
      }
    }
  }
}

/// Lends `texts` as C strings that live as long as the call.
private func withCStrings<R>(
  _ texts: [String], _ body: (UnsafeBufferPointer<UnsafePointer<CChar>?>) -> R
) -> R {
  var arena: [CChar] = []
  var starts: [Int] = []
  for text in texts {
    starts.append(arena.count)
    arena.append(contentsOf: text.utf8.map(CChar.init(bitPattern:)))
    arena.append(0)
  }
  return unsafe arena.withUnsafeBufferPointer { buffer in
    let pointers = unsafe starts.map { start in unsafe buffer.baseAddress.map { unsafe $0 + start }
    }
    return unsafe pointers.withUnsafeBufferPointer { unsafe body($0) }
  }
}
