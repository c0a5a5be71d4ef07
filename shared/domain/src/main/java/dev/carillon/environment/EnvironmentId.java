package dev.carillon.environment;

import dev.carillon.id.Digest;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Names one environment (development, production, …): 1 to 64 of {@code a-z 0-9 _ -}. It is taken
 * from the credential of a call and from nowhere else, and begins every key of customer data.
 */
public record EnvironmentId(String value) {
  private static final Pattern PATTERN = Pattern.compile("[a-z0-9_-]{1,64}");

  public EnvironmentId {
    if (!PATTERN.matcher(value).matches()) {
      throw new IllegalArgumentException("Not an environment id: " + value);
    }
  }

  /** The id in the UUID form that delivery logs show. */
  public UUID uuid() {
    return Digest.of("environment", value).uuid();
  }
}
