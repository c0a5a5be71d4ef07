package dev.carillon.functions.delivery.workspaces;

import dev.carillon.channel.Channel;
import dev.carillon.channel.Channels;
import dev.carillon.edge.ApiException;
import dev.carillon.edge.ErrorCode;
import dev.carillon.edge.HttpRequest;
import dev.carillon.edge.access.Access;
import dev.carillon.edge.access.Authentication;
import dev.carillon.edge.access.Caller;
import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.json.text.MalformedJson;
import dev.carillon.provider.Provider;
import dev.carillon.provider.Providers;
import dev.carillon.provider.chat.Answer;
import dev.carillon.provider.chat.Question;
import dev.carillon.provider.chat.Workspace;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.Recipients;
import dev.carillon.runtime.Log;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code GET /providers/{provider}/authenticate}: where a provider sends somebody back who let the
 * app into a workspace. The state, as components of a page make it, says for which object, and has
 * the public key and the user token that allow it; what the provider gave becomes channel data.
 * Coming back twice stores twice the same, or is refused by the provider.
 */
public final class ConnectPage {
  private static final Pattern PATH = Pattern.compile("/providers/([a-z0-9-]+)/authenticate");

  /** Given back to the page that opened this one; nothing else of a state is. */
  private static final Pattern NONCE = Pattern.compile("[A-Za-z0-9-]{1,64}");

  private static final String REDIRECTS = Workspace.REDIRECTS.name();

  private final Authentication authentication;
  private final Channels channels;
  private final Recipients recipients;
  private final AskWorkspace asking;
  private final InstantSource clock;
  private final Log log;

  ConnectPage(
      Authentication authentication,
      Channels channels,
      Recipients recipients,
      AskWorkspace asking,
      InstantSource clock,
      Log log) {
    this.authentication = authentication;
    this.channels = channels;
    this.recipients = recipients;
    this.asking = asking;
    this.clock = clock;
    this.log = log;
  }

  /** Empty when the request is about something else. */
  public Optional<ConnectReply> answer(HttpRequest request) {
    Matcher path = PATH.matcher(request.path());
    if (!path.matches() || !request.method().equals("GET")) {
      return Optional.empty();
    }
    return Providers.all().stream()
        .filter(it -> it.workspace().filter(one -> one.path().equals(path.group(1))).isPresent())
        .findFirst()
        .map(provider -> connect(request, provider, provider.workspace().orElseThrow()));
  }

  private ConnectReply connect(HttpRequest request, Provider<?> provider, Workspace workspace) {
    Json.Obj state = state(request);
    Optional<String> nonce = state.text("nonce").filter(it -> NONCE.matcher(it).matches());
    try {
      return connected(request, provider, workspace, state, nonce);
    } catch (ApiException e) {
      log.decision(
          "workspace.refused",
          "request",
          request.id(),
          "provider",
          provider.key(),
          "code",
          e.problem().code());
      return ConnectReply.failed(request.id(), e.problem().status(), e.sentence(), nonce);
    }
  }

  private static Json.Obj state(HttpRequest request) {
    try {
      String text = request.query().one("state").orElse("");
      return JsonText.parse(text.getBytes(StandardCharsets.UTF_8)) instanceof Json.Obj object
          ? object
          : Json.Obj.EMPTY;
    } catch (MalformedJson | ApiException _) {
      return Json.Obj.EMPTY;
    }
  }

  private ConnectReply connected(
      HttpRequest request,
      Provider<?> provider,
      Workspace workspace,
      Json.Obj state,
      Optional<String> nonce) {
    Caller caller =
        authentication.authenticate(state.text("public_key").orElse(""), state.text("user_token"));
    if (caller.credential() instanceof Caller.Credential.Secret) {
      throw ErrorCode.INCORRECT_TOKEN_TYPE.refused();
    }
    caller.admit(Access.workspaces());
    RecipientId object =
        WorkspaceObject.of(state.object(workspace.objectParameter()), workspace.objectParameter());
    WorkspaceObject.check(caller, workspace, object);
    Channel channel =
        channels
            .find(caller.environment(), state.text("channel_id").orElse(""))
            .filter(it -> it.provider().equals(provider.key()))
            .orElseThrow(ErrorCode.CHANNEL_INVALID::refused);
    String id = channel.id().toString();
    Json.Obj before =
        recipients
            .find(caller.environment(), object)
            .map(it -> WorkspaceCalls.data(it, id))
            .orElse(Json.Obj.EMPTY);
    var said = new HashMap<String, String>();
    request.query().parameters().forEach((name, values) -> said.put(name, values.getFirst()));
    said.remove("state");
    switch (asking.ask(
        caller.environment(), channel, provider, workspace, new Question.Connect(said), before)) {
      case Answer.Known(var data) ->
          recipients.change(
              caller.environment(), object, it -> it.withChannelData(id, data), clock.instant());
      case Answer.Refused(var reason) ->
          throw ErrorCode.NOT_AUTHORIZED.saying("The provider does not allow it: " + reason);
      case Answer.Failed _ -> throw ErrorCode.PROVIDER_FAILED.refused();
    }
    log.decision(
        "workspace.connected",
        "environment",
        caller.environment().value(),
        "channel",
        channel.id(),
        "object",
        object);
    return state
        .text("redirect_url")
        .filter(it -> leadsBack(it, channel))
        .map(ConnectReply::redirect)
        .orElseGet(() -> ConnectReply.done(request.id(), nonce));
  }

  /** Only to where the channel's settings let it: the state is anybody's text. */
  private static boolean leadsBack(String url, Channel channel) {
    List<String> allowed =
        Arrays.stream(channel.settings().text(REDIRECTS).orElse("").split(","))
            .map(String::strip)
            .filter(it -> !it.isEmpty())
            .toList();
    try {
      var uri = new URI(url);
      boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
      return web
          && uri.getRawUserInfo() == null
          && uri.getRawAuthority() != null
          && allowed.contains(uri.getScheme() + "://" + uri.getRawAuthority());
    } catch (URISyntaxException _) {
      return false;
    }
  }
}
