package dev.carillon.infra.edge;

import software.amazon.awscdk.services.apigatewayv2.CfnStage.RouteSettingsProperty;

/** How much API Gateway lets in before it answers 429 by itself, at no cost of ours. */
final class Throttling {
  private Throttling() {}

  /** So many a second, and half of them at one moment: as AWS sets an account's own limit. */
  static RouteSettingsProperty at(int perSecond) {
    return RouteSettingsProperty.builder()
        .throttlingRateLimit(perSecond)
        .throttlingBurstLimit(Math.max(1, perSecond / 2))
        .build();
  }
}
