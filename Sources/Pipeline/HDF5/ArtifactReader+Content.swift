extension ArtifactReader {
  /// Reads every variable of the schema and digests it, block by block.
  ///
  /// The checksums tell, after writing, whether the disk holds what was handed over.
  func content(
    of schema: ArtifactSchema
  ) throws(DataError) -> (content: ArtifactContent, checksums: [DatasetChecksum]) {
    var datasets: [DatasetDigest] = []
    var checksums: [DatasetChecksum] = []
    var scalars: [String: Value] = [:]
    for variable in schema.variables where !variable.isOptional || contains(variable.name) {
      let shape = try shape(of: variable.name)
      let (digest, checksum) = try digest(of: variable, shape: shape)
      datasets.append(
        DatasetDigest(name: variable.name, type: variable.type, shape: shape, values: digest))
      checksums.append(DatasetChecksum(name: variable.name, shape: shape, values: checksum))
      if variable.dimensions.isEmpty { scalars[variable.name] = try scalarValue(variable) }
    }
    return (ArtifactContent(datasets: datasets, scalars: scalars), checksums)
  }

  private func digest(
    of variable: VariableSchema, shape: [Int]
  ) throws(DataError) -> (Digest, UInt64) {
    switch variable.type {
    case .float64: try digest(variable.name, as: Double.self, shape: shape)
    case .int64: try digest(variable.name, as: Int64.self, shape: shape)
    case .int32: try digest(variable.name, as: Int32.self, shape: shape)
    case .int8: try digest(variable.name, as: Int8.self, shape: shape)
    case .uint64: try digest(variable.name, as: UInt64.self, shape: shape)
    case .text: try digestTexts(variable.name)
    }
  }

  private func digest<Element: ColumnElement>(
    _ name: String, as type: Element.Type, shape: [Int]
  ) throws(DataError) -> (Digest, UInt64) {
    var hasher = DigestHasher()
    var checksum = XXHash64()
    let rowBytes = shape.dropFirst().reduce(Element.elementType.byteCount, *)
    let step = max(1, (4 << 20) / max(1, rowBytes))
    var start = 0
    repeat {
      let rows = shape.isEmpty ? nil : start..<min(start + step, shape[0])
      let values = try read(name, as: type, rows: rows)
      unsafe values.withUnsafeBytes { bytes in
        unsafe hasher.update(bytes)
        unsafe checksum.update(bytes)
      }
      start += step
    } while start < (shape.first ?? 0)
    return (hasher.finalize(), checksum.finalize())
  }

  private func digestTexts(_ name: String) throws(DataError) -> (Digest, UInt64) {
    var hasher = DigestHasher()
    var checksum = XXHash64()
    for text in try read(name, as: String.self) {
      let piece = "\(text.utf8.count):\(text)"
      hasher.update(text: piece)
      checksum.update(text: piece)
    }
    return (hasher.finalize(), checksum.finalize())
  }

  private func scalarValue(_ variable: VariableSchema) throws(DataError) -> Value? {
    switch variable.type {
    case .float64: try read(variable.name, as: Double.self).first.map(Value.real)
    case .int64: try read(variable.name, as: Int64.self).first.map(Value.int)
    case .int8:
      try read(variable.name, as: Int8.self).first.map { code in
        variable.flags.indices.contains(Int(code))
          ? .string(variable.flags[Int(code)]) : .int(Int64(code))
      }
    case .text: try read(variable.name, as: String.self).first.map(Value.string)
    case .int32: try read(variable.name, as: Int32.self).first.map { .int(Int64($0)) }
    case .uint64: try read(variable.name, as: UInt64.self).first.map { .string(String($0)) }
    }
  }
}
