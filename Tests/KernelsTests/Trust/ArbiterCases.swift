/// Exact values for committees and panels, computed in rational numbers and rounded once.
enum ArbiterCases {
  struct Capture: Sendable {
    var committee: Int
    var corrupt: Int
    var breaksAgreement: Double
    var hasMajority: Double
  }

  struct Panel: Sendable {
    var honestAccuracy: Double
    var arbiters: Int

    /// One for each of `corruptShares`.
    var right: [Double]
  }

  /// Committees drawn from a population of 1000.
  static let captures = [
    Capture(
      committee: 31, corrupt: 50, breaksAgreement: 6.358591303101464e-08,
      hasMajority: 2.120953556714058e-14),
    Capture(
      committee: 31, corrupt: 100, breaksAgreement: 9.004514072406812e-05,
      hasMajority: 2.702313965835688e-09),
    Capture(
      committee: 31, corrupt: 200, breaksAgreement: 0.030511120052951188,
      hasMajority: 6.561450021680908e-05),
    Capture(
      committee: 31, corrupt: 250, breaksAgreement: 0.12486460084281863,
      hasMajority: 0.001088341943613602),
    Capture(
      committee: 31, corrupt: 300, breaksAgreement: 0.3098496939534628,
      hasMajority: 0.008576305922971298),
    Capture(
      committee: 31, corrupt: 330, breaksAgreement: 0.4501911040829426,
      hasMajority: 0.022768662834761134),
    Capture(
      committee: 31, corrupt: 350, breaksAgreement: 0.5460055900239319,
      hasMajority: 0.03991871716913349),
    Capture(
      committee: 31, corrupt: 400, breaksAgreement: 0.7582394681149139,
      hasMajority: 0.12468784636788181),
    Capture(
      committee: 31, corrupt: 450, breaksAgreement: 0.8980901065915813,
      hasMajority: 0.28386887230171864),
    Capture(
      committee: 31, corrupt: 500, breaksAgreement: 0.966785884612561,
      hasMajority: 0.5),
    Capture(
      committee: 100, corrupt: 50, breaksAgreement: 4.921310182458638e-25,
      hasMajority: 0.0),
    Capture(
      committee: 100, corrupt: 100, breaksAgreement: 1.626091367765885e-12,
      hasMajority: 4.0740426201825754e-30),
    Capture(
      committee: 100, corrupt: 200, breaksAgreement: 0.0003701922471403342,
      hasMajority: 1.6772010799060874e-13),
    Capture(
      committee: 100, corrupt: 250, breaksAgreement: 0.021435663414348865,
      hasMajority: 2.8066190116042154e-09),
    Capture(
      committee: 100, corrupt: 300, breaksAgreement: 0.20916897269250725,
      hasMajority: 2.7873104920948994e-06),
    Capture(
      committee: 100, corrupt: 330, breaksAgreement: 0.4514158937773096,
      hasMajority: 6.598257809265173e-05),
    Capture(
      committee: 100, corrupt: 350, breaksAgreement: 0.6267831147580365,
      hasMajority: 0.0003905620669217793),
    Capture(
      committee: 100, corrupt: 400, breaksAgreement: 0.9200203330630505,
      hasMajority: 0.012466863310526826),
    Capture(
      committee: 100, corrupt: 450, breaksAgreement: 0.993045746486583,
      hasMajority: 0.1220852216881847),
    Capture(
      committee: 100, corrupt: 500, breaksAgreement: 0.9997722801056912,
      hasMajority: 0.4580539539535935),
  ]

  static let corruptShares = [0.0, 0.1, 0.2, 0.3, 0.333, 0.4, 0.45, 0.5]

  static let panels = [
    Panel(
      honestAccuracy: 0.6, arbiters: 5,
      right: [
        0.68256, 0.5746806144, 0.4625399808,
        0.3525403392, 0.3177856575647952, 0.2508973056,
        0.2049630858, 0.16308,
      ]),
    Panel(
      honestAccuracy: 0.6, arbiters: 11,
      right: [
        0.75349813248, 0.6071350799504197, 0.44600347311660293,
        0.2923987861938411, 0.2469434992493686, 0.16613039556843043,
        0.1171402686475106, 0.07822479096,
      ]),
    Panel(
      honestAccuracy: 0.6, arbiters: 31,
      right: [
        0.8716182723048189, 0.6735546445860022, 0.4111437944284293,
        0.18302462753080778, 0.1288678703818427, 0.054371766461727575,
        0.024567146252524645, 0.009540435911883402,
      ]),
    Panel(
      honestAccuracy: 0.6, arbiters: 101,
      right: [
        0.9791033089952995, 0.7902467404834421, 0.3434179294940424,
        0.052355024361825674, 0.021106380595558923, 0.001996227773944819,
        0.0002068108219462671, 1.2942554335154242e-05,
      ]),
    Panel(
      honestAccuracy: 0.75, arbiters: 5,
      right: [
        0.896484375, 0.80231291015625, 0.68256,
        0.54679693359375, 0.500468749921875, 0.406873125,
        0.3392563348388672, 0.27520751953125,
      ]),
    Panel(
      honestAccuracy: 0.75, arbiters: 11,
      right: [
        0.965672492980957, 0.8900423507756537, 0.75349813248,
        0.5673946432662386, 0.5006767575305177, 0.36687741917115235,
        0.2747900586479198, 0.19434048933908343,
      ]),
    Panel(
      honestAccuracy: 0.75, arbiters: 31,
      right: [
        0.998698374600457, 0.9787803329364431, 0.8716182723048189,
        0.6105750296263092, 0.5011195980732335, 0.2868200896115576,
        0.16110784475125586, 0.07693838031148635,
      ]),
    Panel(
      honestAccuracy: 0.75, arbiters: 101,
      right: [
        0.9999999674198067, 0.9998647762285623, 0.9791033089952995,
        0.6928885027418024, 0.502009619870606, 0.15624460036219415,
        0.03779848035697902, 0.005241517928706206,
      ]),
    Panel(
      honestAccuracy: 0.95, arbiters: 5,
      right: [
        0.998841875, 0.97575992533125, 0.9067488256,
        0.78764816361875, 0.7389131092603238, 0.6295450842,
        0.5421305814740235, 0.45320306640625,
      ]),
    Panel(
      honestAccuracy: 0.95, arbiters: 11,
      right: [
        0.9999941986549414, 0.9977790933921197, 0.9716778056497337,
        0.8753956208799832, 0.8222220143019888, 0.683445677229885,
        0.5607031367408979, 0.43260535673376144,
      ]),
    Panel(
      honestAccuracy: 0.95, arbiters: 31,
      right: [
        0.9999999999997773, 0.9999987171342442, 0.9991896296226576,
        0.9716762828298475, 0.9367779571400452, 0.7851484109004598,
        0.599752340494364, 0.38942497037369084,
      ]),
    Panel(
      honestAccuracy: 0.95, arbiters: 101,
      right: [
        1.0, 1.0, 0.9999999923044444,
        0.9996880877866434, 0.99695680226021, 0.9218258894549749,
        0.6749398757144391, 0.3071114972581977,
      ]),
  ]

  /// P(good) of populations of 2, 4, 6, 8 and 10 who toss coins.
  static let coinTosses = [1.0 / 4, 5.0 / 16, 11.0 / 32, 93.0 / 256, 193.0 / 512]
}
