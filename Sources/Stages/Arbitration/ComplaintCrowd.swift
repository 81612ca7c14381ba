import Kernels

/// Clients and arbiters as one crowd that labels nodes, for the model of Dawid and Skene.
///
/// A task is a node. A client gives each node that it dealt with one label, from all their dealings
/// together: 1 if it complains of a larger share of them than the cloud does of its own, else 0; so
/// a busy client's single complaint does not outweigh its fifty good dealings. An arbiter gives
/// each node with dealings his vote, and 0 where nobody complained. The model then learns who can
/// be trusted: a perjurer accuses the honest as often as the corrupt, and counts for nothing; so
/// does an arbiter who errs half of the time.
///
/// Votes rest on the same complaints as the clients' labels, while the model takes labels of one
/// class as independent. That makes posteriors more extreme than they ought to be, not their order.
struct ComplaintCrowd {
  let answers: CrowdAnswers
  /// The worker that stands for arbiter 0.
  let firstArbiter: Int

  /// Collects the labels; `votes` says of each arbiter which nodes it votes guilty.
  init(
    _ dealings: Dealings, trail: EvidenceTrail, votes: [[Bool]]
  ) throws(CrowdAnswersError) {
    let (workerOfClient, clients) = Self.activeClients(dealings)
    var tasks: [Int] = []
    var workers: [Int] = []
    var labels: [Int] = []
    for node in 0..<dealings.nodeCount where !dealings.messages(of: node).isEmpty {
      for (client, complains) in Self.labels(of: node, dealings, trail) {
        tasks.append(node)
        workers.append(workerOfClient[client])
        labels.append(complains ? 1 : 0)
      }
      for arbiter in votes.indices {
        tasks.append(node)
        workers.append(clients + arbiter)
        labels.append(votes[arbiter][node] ? 1 : 0)
      }
    }
    answers = try CrowdAnswers(
      tasks: tasks, workers: workers, labels: labels, taskCount: dealings.nodeCount,
      workerCount: clients + votes.count, classCount: 2)
    firstArbiter = clients
  }

  /// Numbers the clients that have dealings; an idle one would cost time in every iteration.
  private static func activeClients(_ dealings: Dealings) -> (workers: [Int], count: Int) {
    var workers = [Int](repeating: -1, count: dealings.clientCount)
    for client in dealings.client where client >= 0 { workers[Int(client)] = 0 }
    var count = 0
    for client in workers.indices where workers[client] == 0 {
      workers[client] = count
      count += 1
    }
    return (workers, count)
  }

  /// What each client that dealt with the node says of it, by ascending client number.
  ///
  /// Clients that the records do not name say nothing. Shares are compared as whole numbers.
  private static func labels(
    of node: Int, _ dealings: Dealings, _ trail: EvidenceTrail
  ) -> [(client: Int, complains: Bool)] {
    let keys = dealings.messages(of: node).compactMap { message -> Int? in
      let client = Int(dealings.client[message])
      let stands =
        dealings.isComplained[message] && trail.reaches(EvidenceTrail.clerk, message)
      return client < 0 ? nil : client * 2 + (stands ? 1 : 0)
    }.sorted()
    var labels: [(client: Int, complains: Bool)] = []
    var start = 0
    while start < keys.count {
      let client = keys[start] / 2
      var end = start
      var complaints = 0
      while end < keys.count, keys[end] / 2 == client {
        complaints += keys[end] % 2
        end += 1
      }
      let isExcess = complaints * dealings.count > dealings.complaintCount * (end - start)
      labels.append((client, isExcess))
      start = end
    }
    return labels
  }
}
