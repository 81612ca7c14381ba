internal import CHDF5

/// A call that the HDF5 library refused, with the library's own innermost reason.
public struct HDF5Error: Error, Equatable, Sendable {
  public let call: String
  /// The file or the object in it.
  public let object: String
  public let reason: String
}

extension HDF5Error: CustomStringConvertible {
  public var description: String { "\(object): \(call): \(reason)" }
}

/// Runs one HDF5 call and turns a negative result into an error.
///
/// The library keeps an error stack per thread and prints it. Printing is switched off before each
/// call and the stack is cleared after a failure: one that is left behind surfaces when the library
/// closes.
@discardableResult
func hdf5<Status: SignedInteger>(
  _ call: String, on object: String, _ body: () -> Status
) throws(HDF5Error) -> Status {
  kc_h5_silence()
  let status = body()
  guard status >= 0 else {
    throw HDF5Error(call: call, object: object, reason: takeHDF5Error())
  }
  return status
}

private func takeHDF5Error() -> String {
  let text = unsafe [CChar](unsafeUninitializedCapacity: 256) { buffer, count in
    if let start = buffer.baseAddress { unsafe kc_h5_take_error(start) }
    count = 256
  }
  return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
}

/// The version of the HDF5 library, as `1.10.8`.
///
/// Asking the library itself would start it, in a run that may not need it at all.
public let hdf5LibraryVersion =
  "\(kc_h5_version_major()).\(kc_h5_version_minor()).\(kc_h5_version_release())"
