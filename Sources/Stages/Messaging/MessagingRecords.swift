import Kernels

/// What happened since it was last written.
struct MessagingRecords {
  var deliveries: [BrokerDelivery] = []
  /// Consumers of the deliveries, numbered from 0.
  var deliveryConsumers: [Int32] = []
  var losses: [BrokerLoss] = []
  var finishedMessages: [Int64] = []
  var finishedTimes: [Double] = []
  var sojourns: [Double] = []
}

/// Figures over the whole simulation.
struct MessagingSummary {
  let census: BrokerCensus
  let horizon: Double
  let events: Int
  let sojourns: RunningMoments
  let sojournQuantiles: QuantileSketch
  let waitingMean: Double
  let waitingMax: Int
  let blockedSeconds: Double
  let failures: Int
  let samples: LengthSamples
}
