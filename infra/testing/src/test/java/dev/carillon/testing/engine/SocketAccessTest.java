package dev.carillon.testing.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.access.ApiKey;
import dev.carillon.access.PublicKeyUse;
import dev.carillon.functions.sockets.SocketsHandler;
import dev.carillon.id.Digest;
import dev.carillon.json.Json;
import dev.carillon.testing.scenarios.GuideEngine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may open a socket, and whose feed may then be joined on it. */
class SocketAccessTest {
  private static final String FEED = "feeds:feed:";

  private final GuideEngine scene = GuideEngine.open();
  private final SocketsHandler handler = new SocketsHandler(scene.engine.ports());
  private final UserTokenFor token = new UserTokenFor();

  private void publicKeysMay(PublicKeyUse use) {
    scene.engine.ports().clientAccesses().put(InProcessEngine.ENVIRONMENT, token.access(use));
    scene.pass("PT5S"); // what is known of a key is believed for less
  }

  /** The status of opening; {@code userToken} empty for none. */
  private String connect(String key, String userToken) {
    Json.Obj query = Json.object().with("api_key", key);
    return ask(Json.object()
            .with(
                "queryStringParameters",
                userToken.isEmpty() ? query : query.with("user_token", userToken))
            .with("requestContext", context("CONNECT")))
        .fields()
        .get("statusCode")
        .toString();
  }

  private String join(String user, String filters) {
    Json.Obj answer =
        ask(
            Json.object()
                .with("requestContext", context("MESSAGE"))
                .with(
                    "body",
                    "[\"7\",\"7\",\"%s%s\",\"phx_join\",%s]"
                        .formatted(FEED, user, filters.replace('\'', '"'))));
    return answer.text("body").orElseThrow().contains("\"status\":\"ok\"") ? "ok" : "refused";
  }

  private static Json.Obj context(String type) {
    return Json.object().with("eventType", type).with("connectionId", "c-1");
  }

  private Json.Obj ask(Json.Obj event) {
    var out = new ByteArrayOutputStream();
    try {
      handler.handleRequest(InvocationJson.stream(event), out, Invocation.NO_CONTEXT);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return InvocationJson.object(out.toByteArray());
  }

  private String userToken(String caller) {
    Json.Obj own = Json.object().with("sub", "x");
    return switch (caller) {
      case "own" -> token.signed(own);
      case "another's" -> token.signed(Json.object().with("sub", "y"));
      case "own, nothing granted" -> token.signed(own.with("explicit_grants", Json.TRUE));
      case "own of t1" -> token.signed(own.with("grants", tenant("t1")));
      case "expired" -> token.signed(own.with("exp", Json.of(1_000_000_000)));
      case "signed by another" -> token.signedByAnother(own);
      case "unsigned" -> UserTokenFor.unsigned(own);
      case "HS256 by the public key" -> token.confused(own);
      case "junk" -> "a.b.c";
      default -> "";
    };
  }

  private static Json.Obj tenant(String id) {
    return Json.object()
        .with(
            "https://api.knock.app/v1/tenants/" + id,
            Json.object().with("user/read", Json.array(List.of())));
  }

  /** Of x's feed: opening, joining all of it, joining it for t1; then joining that of y. */
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          own,                     TOKEN,      200, ok,      ok,      refused
          own,                     OPEN,       200, ok,      ok,      refused
          another's,               TOKEN,      200, refused, refused, ok
          another's,               OPEN,       200, refused, refused, ok
          own of t1,               TOKEN,      200, refused, ok,      refused
          'own, nothing granted',  TOKEN,      200, refused, refused, refused
          expired,                 OPEN,       401, refused, refused, refused
          signed by another,       OPEN,       401, refused, refused, refused
          unsigned,                OPEN,       401, refused, refused, refused
          HS256 by the public key, OPEN,       401, refused, refused, refused
          junk,                    OPEN,       401, refused, refused, refused
          none,                    TOKEN,      403, refused, refused, refused
          none,                    RESTRICTED, 200, ok,      ok,      ok
          """)
  void a_socket_reaches_what_its_user_token_does(
      String caller, PublicKeyUse use, String opened, String all, String tenant, String other) {
    publicKeysMay(use);
    assertThat(connect("pk_test", userToken(caller))).isEqualTo(opened);
    assertThat(join("x", "{}")).isEqualTo(all);
    assertThat(join("x", "{'tenant':'t1'}")).isEqualTo(tenant);
    assertThat(join("y", "{}")).isEqualTo(other);
  }

  @Test
  void a_key_that_was_revoked_or_never_made_opens_nothing() {
    publicKeysMay(PublicKeyUse.OPEN);
    scene
        .engine
        .ports()
        .apiKeys()
        .put(
            Digest.hex("pk_gone"),
            new ApiKey(InProcessEngine.ENVIRONMENT, ApiKey.Kind.PUBLIC, true));
    for (String key : List.of("pk_gone", "pk_nobody", "")) {
      assertThat(connect(key, "")).isEqualTo("401");
    }
  }

  @Test
  void a_socket_is_worth_nothing_any_more_once_its_user_token_has_expired() {
    publicKeysMay(PublicKeyUse.TOKEN);
    long soon = scene.engine.now().plusSeconds(60).getEpochSecond();
    String brief = token.signed(Json.object().with("sub", "x").with("exp", Json.of(soon)));
    assertThat(connect("pk_test", brief)).isEqualTo("200");
    assertThat(join("x", "{}")).isEqualTo("ok");
    scene.pass("PT1M");
    assertThat(join("x", "{}")).isEqualTo("refused");
  }
}
