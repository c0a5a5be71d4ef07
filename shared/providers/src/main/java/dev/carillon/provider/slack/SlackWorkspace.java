package dev.carillon.provider.slack;

import dev.carillon.json.Json;
import dev.carillon.provider.Lookup;
import dev.carillon.provider.LookupResult;
import dev.carillon.provider.ProviderCall;
import dev.carillon.provider.ProviderResponse;
import dev.carillon.provider.ProviderSettings;
import dev.carillon.provider.chat.Answer;
import dev.carillon.provider.chat.Next;
import dev.carillon.provider.chat.Question;
import dev.carillon.provider.chat.Workspace;
import dev.carillon.provider.format.FormBody;
import dev.carillon.provider.format.JsonBody;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Slack's workspaces: the token that the app got when it was installed in one is channel data.
 *
 * <p>Sources: https://docs.slack.dev/reference/methods/auth.test,
 * https://docs.slack.dev/reference/methods/auth.revoke,
 * https://docs.slack.dev/reference/methods/conversations.list,
 * https://docs.slack.dev/reference/methods/oauth.v2.access
 */
final class SlackWorkspace implements Workspace {
  private static final String TOKEN = "token";
  private static final String ACCESS = "access_token";

  /** Of the query of {@code conversations.list}; what it has beside these is ours to say. */
  private static final Set<String> OPTIONS =
      Set.of("cursor", "limit", "exclude_archived", "types", "team_id");

  /** What says that the token is worth nothing any more. */
  private static final Set<String> OVER =
      Set.of("invalid_auth", "account_inactive", "token_revoked", "token_expired", "not_authed");

  @Override
  public String path() {
    return "slack";
  }

  @Override
  public String objectParameter() {
    return "access_token_object";
  }

  @Override
  public String grant() {
    return "slack/channels_read";
  }

  @Override
  public String unset() {
    return "Access token not set.";
  }

  @Override
  public boolean connected(Json.Obj data) {
    return token(data).isPresent();
  }

  @Override
  public Json.Obj disconnected(Json.Obj data) {
    return data.without(TOKEN);
  }

  private static Optional<String> token(Json.Obj data) {
    return data.object(TOKEN).text(ACCESS).map(String::strip).filter(it -> !it.isEmpty());
  }

  @Override
  public Next next(
      Question question, ProviderSettings settings, Json.Obj data, Map<String, String> lookups) {
    return switch (question) {
      case Question.Check() -> new Next.Call(method("auth.test", FormBody.EMPTY, data));
      case Question.Revoke() -> new Next.Call(method("auth.revoke", FormBody.EMPTY, data));
      case Question.Channels(_, var options) -> {
        FormBody form = FormBody.EMPTY;
        for (String name : OPTIONS.stream().sorted().toList()) {
          form = form.with(name, Optional.ofNullable(options.get(name)));
        }
        yield new Next.Call(method("conversations.list", form, data));
      }
      case Question.Teams _ -> new Next.Know(new Answer.Refused("there are no teams"));
      case Question.Connect(var answer) -> connect(answer, settings);
    };
  }

  private static ProviderCall.Http method(String name, FormBody form, Json.Obj data) {
    String token = token(data).orElseThrow();
    return new ProviderCall.Http(
            "POST",
            Slack.ORIGIN + name,
            Map.of("Authorization", "Bearer " + token, "Content-Type", FormBody.CONTENT_TYPE),
            form.bytes())
        .hiding(token);
  }

  private static Next connect(Map<String, String> answer, ProviderSettings settings) {
    Optional<String> id = settings.text(Slack.CLIENT_ID);
    Optional<String> secret = settings.text(Slack.CLIENT_SECRET);
    String code = answer.getOrDefault("code", "");
    if (code.isEmpty()) {
      return new Next.Know(new Answer.Refused(answer.getOrDefault("error", "no code")));
    }
    if (id.isEmpty() || secret.isEmpty()) {
      return new Next.Know(new Answer.Failed("the channel has no client_id or client_secret"));
    }
    // Components ask for the code without a redirect_uri; then none may be sent here either.
    byte[] form =
        FormBody.EMPTY
            .with("code", code)
            .with("client_id", id.get())
            .with("client_secret", secret.get())
            .bytes();
    return new Next.Call(
        new ProviderCall.Http(
                "POST",
                Slack.ORIGIN + "oauth.v2.access",
                Map.of("Content-Type", FormBody.CONTENT_TYPE),
                form)
            .hiding(secret.get())
            .hiding(code));
  }

  @Override
  public LookupResult read(Lookup lookup, ProviderResponse response) {
    throw new IllegalStateException("Nothing is looked up: " + lookup.key());
  }

  @Override
  public Answer read(Question question, Json.Obj data, ProviderResponse response) {
    Json.Obj answer = JsonBody.object(response);
    if (!response.successful() || !answer.fields().containsKey("ok")) {
      return new Answer.Failed("HTTP " + response.status());
    }
    boolean ok = Json.TRUE.equals(answer.fields().get("ok"));
    String error = answer.text("error").orElse("unknown error");
    if (!ok && question instanceof Question.Revoke && OVER.contains(error)) {
      return new Answer.Known(Json.Obj.EMPTY);
    }
    if (!ok) {
      return new Answer.Refused(error);
    }
    return switch (question) {
      case Question.Check(), Question.Revoke(), Question.Teams _ ->
          new Answer.Known(Json.Obj.EMPTY);
      case Question.Channels _ -> new Answer.Known(channels(answer));
      case Question.Connect _ ->
          answer
              .text(ACCESS)
              .filter(it -> !it.isBlank())
              .<Answer>map(it -> new Answer.Known(data.with(TOKEN, Json.object().with(ACCESS, it))))
              .orElseGet(() -> new Answer.Failed("there is no token in the answer"));
    };
  }

  private static Json.Obj channels(Json.Obj answer) {
    List<Json.Obj> channels = JsonBody.objects(answer.list("channels"));
    return Json.object()
        .with("slack_channels", Json.array(channels.stream().map(SlackWorkspace::channel).toList()))
        .with(
            "next_cursor",
            Json.ofNullable(
                answer
                    .object("response_metadata")
                    .text("next_cursor")
                    .filter(it -> !it.isEmpty())));
  }

  /** A conversation with one user has no name but theirs. */
  private static Json.Obj channel(Json.Obj channel) {
    return Json.object()
        .with("id", channel.text("id").orElse(""))
        .with("name", channel.text("name").or(() -> channel.text("user")).orElse(""))
        .with("is_private", flag(channel, "is_private"))
        .with("is_im", flag(channel, "is_im"))
        .with("context_team_id", channel.text("context_team_id").orElse(""));
  }

  private static Json flag(Json.Obj channel, String name) {
    return Json.TRUE.equals(channel.fields().get(name)) ? Json.TRUE : Json.FALSE;
  }
}
