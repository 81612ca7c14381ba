import Foundation

/// The right to compute one step: an advisory lock that dies with the process that holds it.
///
/// No pid file can outlive a crash, so nobody is ever asked to remove one. The file holds a word
/// about its owner, for the message of those who wait.
struct StepLock: ~Copyable {
  private let descriptor: Int32
  private let path: String

  /// Takes the lock at `path`, waiting for whoever holds it.
  ///
  /// `patience`: seconds after which waiting is given up.
  /// `waiting`: told once, with the owner's word, when the lock is busy.
  init(
    at path: String, owner: String, patience: Double, waiting: (String) -> Void
  ) throws(LockError) {
    let deadline = ContinuousClock.now + .seconds(patience)
    var hasTold = false
    while true {
      let file = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
      guard file >= 0 else { throw .unusable(path: path, code: errno) }
      if flock(file, LOCK_EX | LOCK_NB) == 0 {
        if Self.isStill(file, at: path) {
          Self.write(owner, to: file)
          descriptor = file
          self.path = path
          return
        }
        close(file)
        continue
      }
      let code = errno
      if code == EWOULDBLOCK, !hasTold {
        // Who has no word about itself holds the lock for a moment only, or has just taken it.
        let word = Self.read(file)
        hasTold = !word.isEmpty
        if hasTold { waiting(word) }
      }
      close(file)
      guard code == EWOULDBLOCK || code == EINTR else { throw .unusable(path: path, code: code) }
      if Task.isCancelled { throw .cancelled }
      guard ContinuousClock.now < deadline else { throw .timedOut(path: path) }
      usleep(5_000)
    }
  }

  /// Runs `body` with the lock at `path` held.
  static func holding<R>(
    _ path: String, owner: String = "", patience: Double, waiting: (String) -> Void = { _ in },
    _ body: () throws -> R
  ) throws -> R {
    let lock = try StepLock(at: path, owner: owner, patience: patience, waiting: waiting)
    do {
      let result = try body()
      lock.release()
      return result
    } catch {
      lock.release()
      throw error
    }
  }

  /// Ends the lock here and not earlier: an explicit last use keeps it alive until its work is done.
  consuming func release() {}

  /// Removes the file before the lock ends; who waits for it notices and takes a new one.
  deinit {
    unsafe unlink(path)
    close(descriptor)
  }

  /// Whether somebody holds the lock at `path` now.
  static func isHeld(at path: String) -> Bool {
    let file = unsafe open(path, O_RDWR | O_CLOEXEC)
    guard file >= 0 else { return false }
    defer { close(file) }
    guard flock(file, LOCK_EX | LOCK_NB) == 0 else { return errno == EWOULDBLOCK }
    return false
  }

  /// Whether the file that was locked is the one that bears the name: its last owner removed it.
  private static func isStill(_ file: Int32, at path: String) -> Bool {
    var locked = stat()
    var named = stat()
    guard unsafe fstat(file, &locked) == 0, unsafe stat(path, &named) == 0 else { return false }
    return locked.st_ino == named.st_ino && locked.st_dev == named.st_dev
  }

  private static func write(_ owner: String, to file: Int32) {
    ftruncate(file, 0)
    let bytes = Array(owner.utf8)
    _ = unsafe pwrite(file, bytes, bytes.count, 0)
  }

  private static func read(_ file: Int32) -> String {
    var buffer = [UInt8](repeating: 0, count: 256)
    let count = unsafe pread(file, &buffer, buffer.count, 0)
    return String(decoding: buffer.prefix(max(0, count)), as: UTF8.self)
  }
}

/// Why a lock was not had.
public enum LockError: Error, Equatable, Sendable {
  case timedOut(path: String)
  case unusable(path: String, code: Int32)
  case cancelled
}
