package dev.carillon.functions.delivery.call;

import dev.carillon.channel.ChannelType;
import dev.carillon.outbound.ClientCertificate;
import dev.carillon.outbound.GuardedHttp;
import dev.carillon.outbound.OutboundRequest;
import dev.carillon.outbound.OutboundResult;
import dev.carillon.provider.ProviderCall;
import dev.carillon.provider.ProviderCall.Authentication;
import dev.carillon.provider.ProviderResponse;
import dev.carillon.provider.Providers;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Calls over HTTP and SMTP, each once, and to public addresses only. */
public final class CallOverNetwork implements CallProvider {
  private final Supplier<GuardedHttp> http;
  private final AwsRequests aws;
  private final SmtpDialogue smtp;
  private final Set<String> plainHosts;

  /**
   * @param plainHosts {@code host:port} that may be called without TLS; everybody else is called by
   *     https only
   */
  public CallOverNetwork(
      Supplier<GuardedHttp> http, AwsRequests aws, SmtpDialogue smtp, Set<String> plainHosts) {
    this.http = http;
    this.aws = aws;
    this.smtp = smtp;
    this.plainHosts = Set.copyOf(plainHosts);
  }

  @Override
  public Called call(ProviderCall call, Purpose purpose) {
    return switch (call) {
      case ProviderCall.Smtp mail -> smtp.send(mail);
      case ProviderCall.Http request ->
          switch (request.authentication()) {
            case Authentication.InRequest() -> guarded(request, Optional.empty(), purpose);
            case Authentication.Certificate(var certificate, var key) ->
                ClientCertificate.of(certificate, key)
                    .map(it -> guarded(request, Optional.of(it), purpose))
                    .orElseGet(() -> new Called.Refused("the certificate cannot be read"));
            case Authentication.AwsSignature signature ->
                called(aws.send(request, signature, remarks(purpose)));
          };
    };
  }

  private Called guarded(
      ProviderCall.Http call, Optional<ClientCertificate> certificate, Purpose purpose) {
    if (!secure(call.url())) {
      return new Called.Refused("not_https");
    }
    var request = new OutboundRequest(call.method(), call.url(), call.headers(), call.body());
    return called(http.get().send(request, certificate, remarks(purpose)));
  }

  /** Of a customer's own endpoint there is nothing to say that its request does not. */
  private static Map<String, String> remarks(Purpose purpose) {
    if (Providers.named(purpose.provider()).filter(it -> it.type() != ChannelType.HTTP).isEmpty()) {
      return Map.of();
    }
    var remarks = new LinkedHashMap<String, String>();
    remarks.put("provider", purpose.provider());
    purpose.message().ifPresent(message -> remarks.put("message", message.value()));
    return remarks;
  }

  static Called called(OutboundResult result) {
    return switch (result) {
      case OutboundResult.Answered answered ->
          new Called.Answered(
              new ProviderResponse(
                  answered.status(), answered.headers(), answered.body(), !answered.truncated()));
      case OutboundResult.Refused(var reason) ->
          new Called.Refused("refused_" + reason.name().toLowerCase(Locale.ROOT));
      case OutboundResult.NotReached(var obstacle) ->
          new Called.NotReached("not_reached_" + obstacle.name().toLowerCase(Locale.ROOT));
      case OutboundResult.TimedOut() -> new Called.Unknown("timeout");
      case OutboundResult.Broken() -> new Called.Unknown("no_answer");
    };
  }

  private boolean secure(String url) {
    try {
      URI uri = new URI(url);
      int port = uri.getPort() < 0 ? 80 : uri.getPort();
      return "https".equalsIgnoreCase(uri.getScheme())
          || ("http".equalsIgnoreCase(uri.getScheme())
              && plainHosts.contains(uri.getHost() + ":" + port));
    } catch (URISyntaxException _) {
      // What else it may be is for the client to refuse.
      return url.regionMatches(true, 0, "https:", 0, 6);
    }
  }
}
