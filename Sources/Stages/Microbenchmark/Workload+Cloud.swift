import Kernels

/// What a cloud is made of: arbiters, coins, auctions and logs.
extension Workload {
  /// Seven workers of unequal skill answer each of a seventh as many tasks.
  func trust(_ kernel: KernelUnderTest) throws -> Double {
    if kernel == .committeeCapture {
      let capture = CommitteeCapture(
        population: size, corrupt: size / 4, committee: max(1, size / 8))
      return capture.probability(above: size / 25)
    }
    let workers = 7
    var draw = stream("answers").sequence()
    var (tasks, givers, labels): ([Int], [Int], [Int]) = ([], [], [])
    for answer in 0..<size {
      let (task, worker) = (answer / workers, answer % workers)
      let isRight = draw.unit() < 0.55 + 0.05 * Double(worker)
      tasks.append(task)
      givers.append(worker)
      labels.append(isRight ? task % 2 : 1 - task % 2)
    }
    let answers = try CrowdAnswers(
      tasks: tasks, workers: givers, labels: labels, taskCount: size / workers + 1,
      workerCount: workers, classCount: 2)
    if kernel == .majorityVote { return MajorityVote(answers).shares.reduce(0, +) }
    return DawidSkene(answers, prior: .pooled).logLikelihood
  }

  /// Payments among a hundredth as many nodes, each with ten coins of each denomination.
  func payments() throws -> Double {
    let nodes = max(2, size / 100)
    var ledger = try CoinLedger(
      nodeCount: nodes, mint: Mint(denominations: [1, 5, 10, 50], seed: seed))
    for node in 0..<nodes {
      for denomination in ledger.mint.denominations {
        for _ in 0..<10 { try ledger.mint(denomination, to: node, at: 0) }
      }
    }
    var draw = stream("payments").sequence()
    var paid: Int64 = 0
    for time in 1...size {
      let payer = draw.index(below: nodes)
      let payee = (payer + 1 + draw.index(below: nodes - 1)) % nodes
      let payment = try ledger.pay(
        1 + Int64(draw.index(below: 60)), from: payer, to: payee, at: Int64(time))
      paid += payment.paid
    }
    return Double(paid) + Double(ledger.moveCount)
  }

  func auction() throws -> Double {
    let auction = try DoubleAuction(bids: values("bids"), asks: values("asks"))
    return auction.cleared().surplus + auction.clearedByMcAfee().surplus
  }

  func decodeLog() throws -> Double {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(size * HistoricLogRecord.byteCount)
    for i in 0..<size {
      bytes += try HistoricLogEncoder.encode(
        .request, token: "10000ab", seconds: 1_400_000_000 + Int64(i), nanoseconds: Int64(i),
        text: "hello")
    }
    let records = try HistoricLogDecoder().decode(bytes).records
    return Double(records.reduce(0) { $0 &+ $1.nanoseconds % 1_000_000_007 })
  }
}
