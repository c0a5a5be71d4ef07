package dev.carillon.edge.link;

import dev.carillon.access.DeploymentKeys;
import dev.carillon.edge.ApiException;
import dev.carillon.edge.Cursors;
import dev.carillon.edge.link.PreferenceLink.Purpose;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.recipient.TenantId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The addresses under which people see and change their preferences without a key. A token says all
 * that a link is for and is sealed with the deployment's key, so nothing is stored and nobody can
 * make one up. The same link has the same token each time.
 */
public final class PreferenceLinks {
  private static final String PATH = "/p/";
  private static final int PARTS = 4;

  private final DeploymentKeys keys;

  public PreferenceLinks(DeploymentKeys keys) {
    this.keys = keys;
  }

  /** The token of the link; URL-safe, at most 3,000 characters. */
  public String token(PreferenceLink link) {
    var parts =
        new ArrayList<>(
            List.of(
                link.purpose().code(),
                link.environment().value(),
                Long.toString(link.lastDay().toEpochDay()),
                link.user()));
    link.tenant().ifPresent(tenant -> parts.add(tenant.value()));
    return sealed().cursor(JsonText.write(Json.texts(parts)));
  }

  /** Where the link leads, below the origin of the HTTP API. */
  public String path(PreferenceLink link) {
    return PATH + token(link);
  }

  /** The token in such a path; empty for any other path. */
  public static Optional<String> tokenIn(String path) {
    return path.startsWith(PATH) ? Optional.of(path.substring(PATH.length())) : Optional.empty();
  }

  /** What was sealed; empty when nothing was, or its last day is over. */
  public Optional<PreferenceLink> open(String token, Instant now) {
    LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    return opened(token).filter(link -> !today.isAfter(link.lastDay()));
  }

  private Optional<PreferenceLink> opened(String token) {
    String position;
    try {
      position = sealed().position("token", token);
    } catch (ApiException _) {
      return Optional.empty();
    }
    List<String> parts =
        JsonText.parse(position) instanceof Json.Arr(var items)
            ? items.stream().map(it -> ((Json.Str) it).value()).toList()
            : List.of();
    return Arrays.stream(Purpose.values())
        .filter(it -> parts.size() >= PARTS && it.code().equals(parts.getFirst()))
        .map(
            purpose ->
                new PreferenceLink(
                    new EnvironmentId(parts.get(1)),
                    parts.get(3),
                    parts.stream().skip(PARTS).findFirst().map(TenantId::new),
                    purpose,
                    LocalDate.ofEpochDay(Long.parseLong(parts.get(2)))))
        .findFirst();
  }

  private Cursors sealed() {
    return Cursors.of(keys.key(), "preference links");
  }
}
