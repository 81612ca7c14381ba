public import Foundation

/// The disk of this machine.
public struct LocalFileSystem: FileSystem {
  public init() {}

  public func status(of path: String) -> FileStatus? {
    var info = stat()
    guard unsafe stat(path, &info) == 0 else { return nil }
    return FileStatus(
      bytes: Int(info.st_size), modified: Self.nanoseconds(info.st_mtim),
      changed: Self.nanoseconds(info.st_ctim), inode: UInt64(info.st_ino),
      device: UInt64(info.st_dev), isFolder: info.st_mode & S_IFMT == S_IFDIR)
  }

  private static func nanoseconds(_ time: timespec) -> Int64 {
    Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec)
  }

  public func read(_ path: String) throws(FileError) -> Data {
    let file = try open(path, O_RDONLY, "read")
    defer { close(file) }
    var data = Data()
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = try check("read", path) { unsafe Foundation.read(file, &buffer, buffer.count) }
      if count == 0 { return data }
      data.append(contentsOf: buffer[..<count])
    }
  }

  public func create(_ path: String, with data: Data) throws(FileError) {
    try write(data, to: path)
  }

  public func replace(_ path: String, with data: Data, isDurable: Bool) throws(FileError) {
    let temporary = TemporaryName.make(for: path)
    do throws(FileError) {
      try write(data, to: temporary)
      if isDurable { try sync(temporary) }
      try rename(temporary, to: path)
    } catch {
      unsafe unlink(temporary)
      throw FileError(operation: "write", path: path, code: error.code)
    }
  }

  private func write(_ data: Data, to path: String) throws(FileError) {
    let file = try open(path, O_WRONLY | O_CREAT | O_EXCL, "write")
    defer { close(file) }
    var rest = data[...]
    while !rest.isEmpty {
      let written = try check("write", path) {
        unsafe rest.withUnsafeBytes { bytes in
          unsafe Foundation.write(file, bytes.baseAddress, bytes.count)
        }
      }
      rest = rest.dropFirst(written)
    }
  }

  public func digest(ofFile path: String) throws(FileError) -> Digest {
    let file = try open(path, O_RDONLY, "read")
    defer { close(file) }
    var hasher = DigestHasher()
    var buffer = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      let count = try check("read", path) { unsafe Foundation.read(file, &buffer, buffer.count) }
      if count == 0 { return hasher.finalize() }
      unsafe buffer.withUnsafeBytes { bytes in
        unsafe hasher.update(UnsafeRawBufferPointer(rebasing: bytes[..<count]))
      }
    }
  }

  public func makeFolder(_ path: String) throws(FileError) {
    if unsafe mkdir(path, 0o777) == 0 || errno == EEXIST { return }
    guard errno == ENOENT, let parent = Self.parent(of: path) else {
      throw FileError(operation: "create the folder", path: path, code: errno)
    }
    try makeFolder(parent)
    guard unsafe mkdir(path, 0o777) == 0 || errno == EEXIST else {
      throw FileError(operation: "create the folder", path: path, code: errno)
    }
  }

  public func list(_ path: String) throws(FileError) -> [String] {
    guard let folder = unsafe opendir(path) else {
      throw FileError(operation: "list", path: path, code: errno)
    }
    defer { unsafe closedir(folder) }
    var names: [String] = []
    while let entry = unsafe readdir(folder) {
      let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  public func rename(_ from: String, to: String) throws(FileError) {
    try check("rename to", to) { unsafe Int(Foundation.rename(from, to)) }
  }

  /// Removes a file, or a folder with all that is in it; that it is gone already is no error.
  public func remove(_ path: String) throws(FileError) {
    var info = stat()
    guard unsafe lstat(path, &info) == 0 else { return }
    if info.st_mode & S_IFMT == S_IFDIR {
      for name in try list(path) { try remove(path + "/" + name) }
      try check("remove", path) { unsafe Int(rmdir(path)) }
    } else {
      try check("remove", path) { unsafe Int(unlink(path)) }
    }
  }

  public func sync(_ path: String) throws(FileError) {
    let file = try open(path, O_RDONLY, "sync")
    defer { close(file) }
    try check("sync", path) { Int(fsync(file)) }
  }

  public func setReadOnly(_ path: String) throws(FileError) {
    try check("protect", path) { unsafe Int(chmod(path, 0o444)) }
  }

  public func place(_ source: String, at target: String) throws(FileError) {
    let temporary = TemporaryName.make(for: target)
    do throws(FileError) {
      try makeCopy(of: source, at: temporary)
      try rename(temporary, to: target)
      // A rename onto another link of the same file does nothing and leaves the source behind.
      unsafe unlink(temporary)
    } catch {
      unsafe unlink(temporary)
      throw FileError(operation: "place", path: target, code: error.code)
    }
  }

  private func makeCopy(of source: String, at target: String) throws(FileError) {
    if try reflink(source, target) { return }
    if unsafe link(source, target) == 0 { return }
    guard [EMLINK, EXDEV, EPERM, EOPNOTSUPP].contains(errno) else {
      throw FileError(operation: "link", path: target, code: errno)
    }
    try write(try read(source), to: target)
    try setReadOnly(target)
  }

  /// Shares the blocks of a file where the file system can (Btrfs, XFS).
  private func reflink(_ source: String, _ target: String) throws(FileError) -> Bool {
    #if os(Linux)
      let from = try open(source, O_RDONLY, "read")
      defer { close(from) }
      let to = try open(target, O_WRONLY | O_CREAT | O_EXCL, "write")
      defer { close(to) }
      let cloneRequest: UInt = 0x4004_9409  // FICLONE
      if ioctl(to, cloneRequest, from) == 0 {
        try setReadOnly(target)
        return true
      }
      unsafe unlink(target)
    #endif
    return false
  }

  private func open(_ path: String, _ flags: Int32, _ verb: String) throws(FileError) -> Int32 {
    Int32(try check(verb, path) { unsafe Int(Foundation.open(path, flags | O_CLOEXEC, 0o644)) })
  }

  @discardableResult
  private func check(
    _ operation: String, _ path: String, _ call: () -> Int
  ) throws(FileError) -> Int {
    while true {
      let result = call()
      if result >= 0 { return result }
      guard errno == EINTR else {
        throw FileError(operation: operation, path: path, code: errno)
      }
    }
  }

  private static func parent(of path: String) -> String? {
    let parent = (path as NSString).deletingLastPathComponent
    return parent.isEmpty || parent == path ? nil : parent
  }
}
