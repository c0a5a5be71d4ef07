package dev.carillon.edge.route;

import dev.carillon.edge.access.Access;
import dev.carillon.rate.RateTier;
import java.util.Optional;

/**
 * How often a route may be called.
 *
 * @param tier empty: as often as anybody likes
 * @param eachUser whether the calls about each user are counted by themselves, by whatever key they
 *     are made; those of each user token are anyway
 */
public record RateRule(Optional<RateTier> tier, boolean eachUser) {

  static RateRule of(RateTier tier) {
    return new RateRule(Optional.of(tier), false);
  }

  /** What holds of a route that says nothing of it: Knock's tiers of most reads and writes. */
  static RateRule standard(HttpMethod method, Access access) {
    return switch (access) {
      case Access.Management _ -> new RateRule(Optional.empty(), false);
      case Access.SecretKey _, Access.Client _ ->
          switch (method) {
            case GET -> of(RateTier.TIER_4);
            case POST, PUT, DELETE -> of(RateTier.TIER_3);
          };
    };
  }
}
