package dev.carillon.webhook;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The queues, buses and streams of AWS that webhooks of this deployment may write to. Who deploys
 * lists them, since each needs a permission of its own; a secret key alone cannot add one, so no
 * caller of the API can have events written into queues of the deployment itself.
 */
public record WebhookDestinations(Set<String> arns) {
  public static final WebhookDestinations NONE = new WebhookDestinations(Set.of());

  public WebhookDestinations {
    arns = Set.copyOf(arns);
    for (String arn : arns) {
      if (AwsDestination.parse(arn).isEmpty()) {
        throw new IllegalArgumentException(
            "Not the ARN of a standard queue, an event bus or a delivery stream: " + arn);
      }
    }
  }

  /**
   * @param text ARNs with commas between; blank for none
   * @throws IllegalArgumentException when one is no such ARN
   */
  public static WebhookDestinations parse(String text) {
    return new WebhookDestinations(
        Arrays.stream(text.split(","))
            .map(String::strip)
            .filter(arn -> !arn.isEmpty())
            .collect(Collectors.toUnmodifiableSet()));
  }

  /** These and another one, if there is one. */
  public WebhookDestinations and(Optional<AwsDestination> other) {
    return other
        .map(
            it ->
                new WebhookDestinations(
                    Stream.concat(arns.stream(), Stream.of(it.arn())).collect(Collectors.toSet())))
        .orElse(this);
  }

  public boolean allows(AwsDestination destination) {
    return arns.contains(destination.arn());
  }
}
