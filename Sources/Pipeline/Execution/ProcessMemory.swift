internal import CMalloc

/// How this process deals with the memory that it has freed.
public enum ProcessMemory {
  /// One heap for all threads.
  ///
  /// A heap of its own for each thread grows page by page, each with a call of the system: some 5 % of a
  /// small step. To be called before there is a second thread.
  public static func shareHeap() { kc_share_heap() }

  /// Keeps what is freed.
  ///
  /// Memory that went back to the system between two steps would be cleared and mapped anew page by page,
  /// a quarter of a small step's time.
  public static func keepFreed() { kc_keep_freed_memory() }

  /// Gives all that is freed back to the system.
  public static func returnFreed() { kc_return_freed_memory() }
}
