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
    let file = try open(path, O_WRONLY | O_CREAT | O_EXCL, "write")
    defer { close(file) }
    try write(data, to: file, path)
  }

  public func replace(_ path: String, with data: Data, isDurable: Bool) throws(FileError) {
    let (temporary, file) = try makeTemporary(for: path)
    let claim = FileClaim(claimed: file)
    do throws(FileError) {
      try write(data, to: file, temporary)
      if isDurable { try check("sync", temporary) { Int(fsync(file)) } }
      try rename(temporary, to: path)
      claim.release()
    } catch {
      unsafe unlink(temporary)
      claim.release()
      throw FileError(operation: "write", path: path, code: error.code)
    }
  }

  /// Makes an empty file beside a path, and claims it.
  private func makeTemporary(
    for path: String
  ) throws(FileError) -> (name: String, descriptor: Int32) {
    while true {
      let name = TemporaryName.make(for: path)
      let file: Int32
      do throws(FileError) {
        file = try open(name, O_WRONLY | O_CREAT | O_EXCL, "write")
      } catch {
        throw FileError(operation: "write", path: path, code: error.code)
      }
      if FileClaim.takes(file, at: name) { return (name, file) }
      close(file)
    }
  }

  private func write(_ data: Data, to file: Int32, _ path: String) throws(FileError) {
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

  /// Renames a file or folder; a folder that stands where a file belongs gives way.
  public func rename(_ from: String, to: String) throws(FileError) {
    if unsafe Foundation.rename(from, to) == 0 { return }
    let code = errno
    guard code == EISDIR, status(of: from)?.isFolder == false else {
      throw FileError(operation: "rename to", path: to, code: code)
    }
    try remove(to)
    try check("rename to", to) { unsafe Int(Foundation.rename(from, to)) }
  }

  /// Removes a file, or a folder with all that is in it.
  ///
  /// That something is gone already is no error: another process may be removing the same.
  public func remove(_ path: String) throws(FileError) {
    var info = stat()
    guard unsafe lstat(path, &info) == 0 else { return }
    guard info.st_mode & S_IFMT == S_IFDIR else {
      return try removed(path) { unsafe unlink(path) }
    }
    do throws(FileError) {
      for name in try list(path) { try remove(path + "/" + name) }
    } catch  where error.code == ENOENT {
      return
    }
    try removed(path) { unsafe rmdir(path) }
  }

  private func removed(_ path: String, _ call: () -> Int32) throws(FileError) {
    guard call() != 0, errno != ENOENT else { return }
    throw FileError(operation: "remove", path: path, code: errno)
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
    do throws(FileError) {
      if try placeClone(of: source, at: target) { return }
      if try placeLink(to: source, at: target) { return }
      try replace(target, with: try read(source), isDurable: false)
      try setReadOnly(target)
    } catch {
      throw FileError(operation: "place", path: target, code: error.code)
    }
  }

  /// By a hard link; false where the file system allows no further one.
  private func placeLink(to source: String, at target: String) throws(FileError) -> Bool {
    let temporary = TemporaryName.make(for: target)
    // A link shares the claim of what it links to.
    let claim = try FileClaim(sharing: source)
    guard unsafe link(source, temporary) == 0 else {
      let code = errno
      claim.release()
      guard [EMLINK, EXDEV, EPERM, EOPNOTSUPP].contains(code) else {
        throw FileError(operation: "link", path: target, code: code)
      }
      return false
    }
    do throws(FileError) {
      try rename(temporary, to: target)
    } catch {
      unsafe unlink(temporary)
      claim.release()
      throw error
    }
    // A rename onto another link of the same file does nothing and leaves the source behind.
    unsafe unlink(temporary)
    claim.release()
    return true
  }

  /// Devices whose file systems are known to share no blocks, so that they are asked once.
  private static let devicesWithoutClones = LockedState<Set<UInt64>>([])

  /// By sharing the blocks of the file where the file system can (Btrfs, XFS); false where it cannot.
  private func placeClone(of source: String, at target: String) throws(FileError) -> Bool {
    #if os(Linux)
      let device = status(of: source)?.device ?? 0
      guard !Self.devicesWithoutClones.withLock({ $0.contains(device) }) else { return false }
      let from = try open(source, O_RDONLY, "read")
      defer { close(from) }
      let (temporary, to) = try makeTemporary(for: target)
      let claim = FileClaim(claimed: to)
      let cloneRequest: UInt = 0x4004_9409  // FICLONE
      guard ioctl(to, cloneRequest, from) == 0 else {
        if errno == EOPNOTSUPP || errno == ENOTTY {
          Self.devicesWithoutClones.withLock { _ = $0.insert(device) }
        }
        unsafe unlink(temporary)
        claim.release()
        return false
      }
      do throws(FileError) {
        try setReadOnly(temporary)
        try rename(temporary, to: target)
      } catch {
        unsafe unlink(temporary)
        claim.release()
        throw error
      }
      claim.release()
      return true
    #else
      return false
    #endif
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
