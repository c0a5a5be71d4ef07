package dev.carillon.setting;

import dev.carillon.access.ManagementScope;
import dev.carillon.edge.Limits;
import dev.carillon.edge.RequestValue;
import dev.carillon.edge.access.Authentication;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A service token that is to be.
 *
 * @param text the token itself; empty when one is to be made
 * @param environments the slugs of those it may touch; empty: all
 */
public record WantedToken(
    String path,
    String name,
    String email,
    Optional<String> text,
    Set<ManagementScope> scopes,
    Set<String> environments) {
  private static final int NAME_CHARACTERS = 255;
  private static final int MOST = 100;

  public WantedToken {
    scopes = Set.copyOf(scopes);
    environments = Set.copyOf(environments);
  }

  public static WantedToken read(RequestValue value) {
    var fields = value.object().only(Set.of("name", "email", "token", "scopes", "environments"));
    String name = fields.required("name").text(NAME_CHARACTERS);
    var token = fields.optional("token");
    token.ifPresent(
        it -> {
          if (!it.text(Limits.API_KEY_CHARACTERS)
              .matches(Authentication.SERVICE_TOKEN + "[A-Za-z0-9_-]+")) {
            throw it.refused(
                "must be %s and then characters of A-Z a-z 0-9 _ -"
                    .formatted(Authentication.SERVICE_TOKEN));
          }
        });
    var environments = new LinkedHashSet<String>();
    fields
        .optional("environments")
        .ifPresent(
            it ->
                it.list(1, MOST)
                    .forEach(one -> environments.add(GivenNames.environment(one).value())));
    return new WantedToken(
        value.path(),
        name,
        fields
            .optional("email")
            .map(it -> it.text(NAME_CHARACTERS))
            .orElse("service-token@carillon.invalid"),
        token.map(RequestValue::text),
        fields
            .optional("scopes")
            .map(WantedToken::scopes)
            .orElse(EnumSet.allOf(ManagementScope.class)),
        environments);
  }

  private static Set<ManagementScope> scopes(RequestValue value) {
    Set<String> names =
        Arrays.stream(ManagementScope.values())
            .map(ManagementScope::wireName)
            .collect(Collectors.toSet());
    return value.list(1, MOST).stream()
        .map(it -> ManagementScope.named(it.oneOf(names)).orElseThrow())
        .collect(Collectors.toSet());
  }
}
