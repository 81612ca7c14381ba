import Foundation

/// What the last run in a folder found sound, in a form that is read in no time.
///
/// It spares a run in which nothing changed the reading of every seal: a step whose files still have
/// the recorded sizes, times and inodes is known. It is a cache and nothing more. Whatever does not
/// agree with the disk is looked up in the store, and a snapshot that is missing, damaged or of
/// another format only costs time.
struct RunSnapshot: Sendable {
  struct Entry: Sendable {
    let known: KnownResult
    /// Artifacts in the run's folder that are not links to the store, by file.
    let copies: [String: FileStatus]
  }

  /// What was made of the results.
  let products: Products
  private let bytes: [UInt8]
  private let names: [String]
  /// A file that was made of results, and the digest of what it was made from.
  struct Product: Sendable, Equatable {
    let origin: Digest
    let sha256: Digest
    let status: FileStatus

    init(origin: Digest, sha256: Digest, status: FileStatus) {
      self.origin = origin
      self.sha256 = sha256
      self.status = status
    }

    /// The file that has just been made at `path`.
    init(at path: String, origin: Digest, _ files: any FileSystem) throws(FileError) {
      self.init(
        origin: origin, sha256: try files.digest(ofFile: path),
        status: files.status(of: path) ?? .absent)
    }
  }

  /// Files below the run's folder that are functions of the results, by name.
  typealias Products = [String: Product]

  /// Where the entry of a key starts, by the first word of the key.
  private let offsets: [UInt64: Int]

  private static let magic = "kcpipe snapshot 3\n"

  init?(reading path: String, _ files: any FileSystem) {
    guard let data = try? files.read(path) else { return nil }
    self.init(Array(data))
  }

  /// Nil for anything but a whole snapshot of this format.
  init?(_ bytes: [UInt8]) {
    guard bytes.count > 32, bytes.starts(with: Self.magic.utf8),
      Self.checksum(bytes[..<(bytes.count - 32)]) == Array(bytes.suffix(32))
    else { return nil }
    var reader = ByteReader(bytes, at: Self.magic.utf8.count)
    var products: Products = [:]
    for _ in 0..<reader.count() {
      let file = reader.text()
      products[file] = Product(
        origin: reader.digest(), sha256: reader.digest(), status: reader.status())
    }
    names = (0..<reader.count()).map { _ in reader.text() }
    var offsets: [UInt64: Int] = [:]
    let count = reader.count()
    offsets.reserveCapacity(count)
    for _ in 0..<count {
      let key = reader.word()
      offsets[key] = reader.count()
    }
    self.products = products
    self.bytes = bytes
    self.offsets = offsets
  }

  func entry(of key: Digest) -> Entry? {
    guard let offset = offsets[key.words.0] else { return nil }
    var reader = ByteReader(bytes, at: offset)
    guard reader.digest() == key else { return nil }
    let sealStatus = reader.status()
    let resources = StepResources(
      wallSeconds: reader.real(), cpuSeconds: reader.real(), peakBytes: reader.count(),
      bytesRead: reader.count(), bytesWritten: reader.count())
    let outputs = (0..<reader.count()).map { _ in output(&reader) }
    var copies: [String: FileStatus] = [:]
    for _ in 0..<reader.count() {
      let file = reader.text()
      copies[file] = reader.status()
    }
    return Entry(
      known: KnownResult(
        key: key, outputs: outputs, sealStatus: sealStatus, resources: resources), copies: copies)
  }

  private func output(_ reader: inout ByteReader) -> KnownResult.Output {
    KnownResult.Output(
      name: names[reader.count()], file: names[reader.count()], bytes: reader.count(),
      sha256: reader.digest(), contentDigest: reader.digest(), status: reader.status(),
      scalars: (0..<reader.count()).map { _ in (name: names[reader.count()], value: reader.real())
      },
      datasets: JSONText(utf8: reader.blob()))
  }

  /// The snapshot of a run's results, ready to be written.
  static func encode(_ entries: [Entry], products: Products) -> [UInt8] {
    var names = NameTable()
    var body = ByteWriter()
    var index = ByteWriter()
    for entry in entries {
      index.write(entry.known.key.words.0)
      index.write(body.bytes.count)
      write(entry, to: &body, &names)
    }
    var head = ByteWriter()
    head.bytes += Array(magic.utf8)
    head.write(products.count)
    for (file, product) in products.sorted(by: { $0.key < $1.key }) {
      head.write(file)
      head.write(product.origin)
      head.write(product.sha256)
      head.write(product.status)
    }
    head.write(names.names.count)
    for name in names.names { head.write(name) }
    head.write(entries.count)
    // Offsets count from the start of the file.
    let start = head.bytes.count + index.bytes.count
    var reader = ByteReader(index.bytes, at: 0)
    for _ in entries {
      head.write(reader.word())
      head.write(start + reader.count())
    }
    let bytes = head.bytes + body.bytes
    return bytes + checksum(bytes[...])
  }

  private static func write(_ entry: Entry, to body: inout ByteWriter, _ names: inout NameTable) {
    let known = entry.known
    body.write(known.key)
    body.write(known.sealStatus ?? .absent)
    body.write(known.resources.wallSeconds)
    body.write(known.resources.cpuSeconds)
    body.write(known.resources.peakBytes)
    body.write(known.resources.bytesRead)
    body.write(known.resources.bytesWritten)
    body.write(known.outputs.count)
    for output in known.outputs {
      body.write(names.place(of: output.name))
      body.write(names.place(of: output.file))
      body.write(output.bytes)
      body.write(output.sha256)
      body.write(output.contentDigest)
      body.write(output.status)
      body.write(output.scalars.count)
      for (name, value) in output.scalars {
        body.write(names.place(of: name))
        body.write(value)
      }
      body.write(output.datasets.utf8)
    }
    body.write(entry.copies.count)
    for (file, status) in entry.copies.sorted(by: { $0.key < $1.key }) {
      body.write(file)
      body.write(status)
    }
  }

  private static func checksum(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    var hasher = DigestHasher()
    unsafe bytes.withUnsafeBytes { unsafe hasher.update($0) }
    var writer = ByteWriter()
    writer.write(hasher.finalize())
    return writer.bytes
  }
}

/// Names that recur, each written once.
private struct NameTable {
  private(set) var names: [String] = []
  private var places: [String: Int] = [:]

  mutating func place(of name: String) -> Int {
    if let place = places[name] { return place }
    places[name] = names.count
    names.append(name)
    return names.count - 1
  }
}
