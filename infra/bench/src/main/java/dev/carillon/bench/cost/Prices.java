package dev.carillon.bench.cost;

/**
 * AWS's list prices in us-east-1, in dollars, without any free tier: API Gateway's HTTP API 1.00 a
 * million, messages of its WebSocket API 1.00, Lambda on ARM 0.20 a million invocations and
 * 0.0000133334 a gigabyte-second, DynamoDB on demand 0.625 a million write and 0.125 a million read
 * units, SQS 0.40 a million requests, EventBridge Scheduler 1.00 a million. What a provider takes
 * is not among them.
 */
final class Prices {
  private static final double MILLION = 1_000_000;

  private Prices() {}

  static double dollars(Usage usage) {
    return usage.gigabyteSeconds() * 0.0000133334
        + (usage.writeUnits() * 0.625
                + usage.readUnits() * 0.125
                + usage.queueRequests() * 0.40
                + usage.schedulerCalls() * 1.00
                + usage.invocations() * 0.20
                + usage.socketMessages() * 1.00
                + usage.apiRequests() * 1.00)
            / MILLION;
  }
}
