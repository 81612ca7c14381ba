internal import CHDF5

/// Writes one artifact: columns in chunks while the stage runs, then dimension scales and labels.
///
///     try artifact.append(TrafficArtifact.arrival, times)     // again and again
///     try artifact.write(TrafficArtifact.utilisation, 0.8)    // a scalar, once
///
/// The layout is netCDF-4's with CF attribute names, so xarray, h5py and Panoply open it labelled.
/// Everything in the file is a function of what was written: no clock, host or path.
public final class ArtifactWriter {
  public let schema: ArtifactSchema
  private let file: HDF5File
  private let shared: SharedHandles
  private let columns: [String: ColumnBuffer]
  private let labels: [(name: String, text: String)]

  /// `labels`: attributes of the root group, in order.
  init(
    creating path: String, schema: ArtifactSchema, labels: [(name: String, text: String)]
  ) throws(HDF5Error) {
    file = try HDF5File(creating: path)
    shared = try SharedHandles(for: path)
    let (id, shared) = (file.handle.id, shared)
    self.schema = schema
    self.labels = labels
    columns = Dictionary(
      uniqueKeysWithValues: schema.variables.map { variable in
        (variable.name, ColumnBuffer(variable, in: id, sharing: shared))
      })
  }

  /// Adds rows to a one-dimensional variable.
  public func append<Element>(_ column: Column<Element>, _ values: [Element]) throws {
    try store(column, values, inner: [])
  }

  /// Writes a one-dimensional variable as a whole.
  public func write<Element>(_ column: Column<Element>, _ values: [Element]) throws {
    try store(column, values, inner: [])
  }

  /// Writes a matrix, row by row; `values.count` is a multiple of `columns`.
  public func write<Element>(
    _ column: Column<Element>, _ values: [Element], columns: Int
  ) throws {
    try append(column, values, columns: columns)
  }

  /// Adds rows to a matrix; every call gives rows of the same number of `columns`.
  public func append<Element>(
    _ column: Column<Element>, _ values: [Element], columns: Int
  ) throws {
    precondition(columns == 0 ? values.isEmpty : values.count % columns == 0)
    try store(column, values, inner: [columns])
  }

  /// Writes an array of any rank as a whole, row-major; without extents it is a scalar.
  func write(_ column: Column<Double>, _ values: [Double], shape: [Int]) throws {
    precondition(shape.reduce(1, *) == values.count, "\(column.name): values do not fill the shape")
    guard !shape.isEmpty else { return try write(column, values[0]) }
    try store(column, values, inner: Array(shape.dropFirst()))
  }

  /// Writes a scalar variable.
  public func write(_ column: Column<Double>, _ value: Double) throws {
    unsafe withUnsafeBytes(of: value) { unsafe buffer(column).set($0) }
  }

  public func write(_ column: Column<Int64>, _ value: Int) throws {
    unsafe withUnsafeBytes(of: Int64(value)) { unsafe buffer(column).set($0) }
  }

  public func write(_ column: Column<Int8>, _ code: Int8) throws {
    precondition(
      column.entry.flags.indices.contains(Int(code)), "\(column.name): \(code) is no code")
    unsafe withUnsafeBytes(of: code) { unsafe buffer(column).set($0) }
  }

  public func write(_ column: Column<String>, _ text: String) throws {
    buffer(column).set(text)
  }

  private func store<Element>(
    _ column: Column<Element>, _ values: [Element], inner: [Int]
  ) throws {
    precondition(column.entry.dimensions.count == inner.count + 1, "\(column.name): wrong rank")
    let buffer = buffer(column)
    if let texts = values as? [String] {
      try buffer.append(texts, inner: inner)
    } else {
      try unsafe values.withUnsafeBytes { try unsafe buffer.append($0, inner: inner) }
    }
  }

  private func buffer<Element>(_ column: Column<Element>) -> ColumnBuffer {
    guard let buffer = columns[column.name], buffer.schema.fits(column.entry) else {
      preconditionFailure("\(column.name) is not in the schema \(schema.name)")
    }
    return buffer
  }

  /// Completes the file: the rest of each column, dimension scales, units and names.
  ///
  /// - Returns: what must be found when the file is read back.
  @discardableResult
  func close() throws -> [DatasetChecksum] {
    var datasets: [DatasetChecksum] = []
    for variable in schema.variables {
      guard let buffer = columns[variable.name], buffer.isWritten else {
        if variable.isOptional { continue }
        throw ArtifactError.missingVariable(artifact: schema.name, variable: variable.name)
      }
      datasets.append(try buffer.finish())
      try label(buffer)
    }
    try attachScales(lengths: try dimensionLengths())
    let root = HDF5Attributes(owner: file.handle.id, object: "/", shared: shared)
    for label in labels { try root.write(label.name, text: label.text) }
    try hdf5("H5Fflush", on: file.path) { H5Fflush(file.handle.id, H5F_SCOPE_LOCAL) }
    for buffer in columns.values { buffer.closeDataset() }
    return datasets
  }

  private func label(_ buffer: ColumnBuffer) throws(HDF5Error) {
    let schema = buffer.schema
    try buffer.withDataset { id throws(HDF5Error) in
      let attributes = HDF5Attributes(owner: id, object: schema.name, shared: shared)
      try attributes.write("long_name", text: schema.longName)
      if schema.flags.isEmpty {
        if schema.type != .text { try attributes.write("units", text: schema.unit) }
      } else {
        try attributes.write("flag_values", codes: (0..<schema.flags.count).map { Int8($0) })
        try attributes.write("flag_meanings", text: schema.flags.joined(separator: " "))
      }
    }
  }

  /// The length of each dimension; two variables that disagree are the stage's mistake.
  private func dimensionLengths() throws(ArtifactError) -> [String: Int] {
    var lengths: [String: Int] = [:]
    for variable in schema.variables {
      guard let buffer = columns[variable.name], buffer.isWritten else { continue }
      let shape = buffer.shape
      for (dimension, length) in zip(variable.dimensions, shape) {
        if let other = lengths.updateValue(length, forKey: dimension.name), other != length {
          throw .unequalLengths(
            artifact: schema.name, variable: variable.name, dimension: dimension.name,
            length: length, others: other)
        }
      }
    }
    return lengths
  }

  private func attachScales(lengths: [String: Int]) throws(HDF5Error) {
    for dimension in schema.dimensions {
      guard let length = lengths[dimension.name] else { continue }
      if let coordinate = columns[dimension.name], coordinate.isWritten {
        try coordinate.withDataset { id throws(HDF5Error) in
          try hdf5("H5DSset_scale", on: dimension.name) {
            unsafe H5DSset_scale(id, dimension.name)
          }
          try attach(dimension, id)
        }
      } else {
        let scale = try createBareScale(dimension, length: length)
        try attach(dimension, scale.id)
      }
    }
  }

  /// A dimension without coordinates, as netCDF-4 writes it: a dataset without any storage.
  private func createBareScale(
    _ dimension: Dimension, length: Int
  ) throws(HDF5Error) -> HDF5Handle {
    let name = dimension.name
    let space = try HDF5Handle.space([length], on: name)
    let id = file.handle.id
    let scale = try HDF5Handle("H5Dcreate2", on: name, closing: H5Dclose) {
      unsafe H5Dcreate2(
        id, name, kc_h5_file_float_be(), space.id, kc_h5_default(), shared.creation.id,
        kc_h5_default())
    }
    let digits = String(length)
    let mark =
      "This is a netCDF dimension but not a netCDF variable."
      + String(repeating: " ", count: max(0, 10 - digits.count)) + digits
    try hdf5("H5DSset_scale", on: name) { unsafe H5DSset_scale(scale.id, mark) }
    return scale
  }

  private func attach(_ dimension: Dimension, _ scale: hid_t) throws(HDF5Error) {
    for variable in schema.variables where variable.name != dimension.name {
      for (axis, other) in variable.dimensions.enumerated() where other.name == dimension.name {
        guard let column = columns[variable.name], column.isWritten else { continue }
        try column.withDataset { id throws(HDF5Error) in
          try hdf5("H5DSattach_scale", on: variable.name) {
            H5DSattach_scale(id, scale, UInt32(axis))
          }
        }
      }
    }
  }
}

/// An artifact that does not keep its schema's promise; a mistake in a stage.
public enum ArtifactError: Error, Equatable, Sendable {
  case missingVariable(artifact: String, variable: String)
  case unequalLengths(
    artifact: String, variable: String, dimension: String, length: Int, others: Int)
  case changedOnDisk(artifact: String, variable: String)
}

extension ArtifactError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .missingVariable(let artifact, let variable):
      "artifact \(artifact): the variable \(variable) was never written"
    case .unequalLengths(let artifact, let variable, let dimension, let length, let others):
      "artifact \(artifact): \(variable) has \(length) rows along \(dimension), others \(others)"
    case .changedOnDisk(let artifact, let variable):
      "artifact \(artifact): \(variable) reads back with other values than were written"
    }
  }
}
