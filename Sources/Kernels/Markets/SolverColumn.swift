/// A fixed column of numbers that an inner loop reads and writes in place.
///
/// Unlike an array it is never copied, retained, grown or tested for uniqueness, so a solver takes
/// all its memory at its start. Loops work on its ``view``, whose address stays in a register.
@safe
struct SolverColumn<Element: BitwiseCopyable>: ~Copyable {
  private var storage: UnsafeMutableBufferPointer<Element>

  /// Room for numbers that are written before they are read; pages are taken when they are touched.
  init(room count: Int) {
    unsafe storage = .allocate(capacity: count)
  }

  init(repeating value: Element, count: Int) {
    unsafe storage = .allocate(capacity: count)
    unsafe storage.initialize(repeating: value)
  }

  init(_ values: [Element]) {
    unsafe storage = .allocate(capacity: values.count)
    _ = unsafe storage.initialize(fromContentsOf: values)
  }

  /// Keeps the first numbers and gives the rest of the memory back.
  mutating func shrink(to count: Int) {
    guard count < self.count else { return }
    let kept = UnsafeMutableBufferPointer<Element>.allocate(capacity: count)
    unsafe kept.baseAddress?.update(from: storage.baseAddress.unsafelyUnwrapped, count: count)
    unsafe storage.deallocate()
    unsafe storage = kept
  }

  deinit { unsafe storage.deallocate() }

  var count: Int { unsafe storage.count }

  /// The numbers; valid as long as the column is.
  var view: ColumnView<Element> { unsafe ColumnView(storage) }
}
