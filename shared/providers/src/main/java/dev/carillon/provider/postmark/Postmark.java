package dev.carillon.provider.postmark;

import dev.carillon.json.Json;
import dev.carillon.message.Content;
import dev.carillon.message.Content.Attachment;
import dev.carillon.provider.Correlation;
import dev.carillon.provider.DeliveryRequest;
import dev.carillon.provider.DeliveryResult;
import dev.carillon.provider.Preparation;
import dev.carillon.provider.ProviderCall;
import dev.carillon.provider.ProviderResponse;
import dev.carillon.provider.ProviderSetting;
import dev.carillon.provider.ProviderSettings;
import dev.carillon.provider.StandIn;
import dev.carillon.provider.StatusPolling;
import dev.carillon.provider.callback.CallbackReader;
import dev.carillon.provider.email.EmailAddress;
import dev.carillon.provider.email.EmailParts;
import dev.carillon.provider.email.EmailPost;
import dev.carillon.provider.email.EmailProvider;
import dev.carillon.provider.email.EmailSettings;
import dev.carillon.provider.format.JsonBody;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Email through Postmark.
 *
 * <p>https://postmarkapp.com/developer/user-guide/send-email-with-api
 */
public final class Postmark implements EmailProvider {
  static final String BASE = "https://api.postmarkapp.com";
  private static final ProviderSetting STREAM =
      ProviderSetting.optional("message_stream", "Message stream");
  private static final Set<String> BODIES = Set.of("TextBody", "HtmlBody", "Content");

  /** Characters of a value; a recipient's id that is longer is left out. From memory. */
  private static final int METADATA_VALUE = 80;

  @Override
  public String key() {
    return "email_postmark";
  }

  @Override
  public List<ProviderSetting> settings() {
    return List.of(
        EmailSettings.API_KEY,
        EmailSettings.OPEN_TRACKING,
        EmailSettings.LINK_TRACKING,
        STREAM,
        EmailSettings.WEBHOOK_SECRET);
  }

  @Override
  public Preparation prepare(DeliveryRequest<Content.Email> request) {
    return EmailPost.of(
        request,
        parts ->
            new EmailPost(
                BASE + "/email",
                authorization(request.settings()),
                body(request, parts),
                whole ->
                    whole.with(
                        "Metadata",
                        JsonBody.texts(whole.object("Metadata"))
                            .merged(metadata(request.message()))),
                BODIES));
  }

  @Override
  public DeliveryResult read(DeliveryRequest<Content.Email> request, ProviderResponse response) {
    return PostmarkAnswers.read(request, response);
  }

  @Override
  public Optional<CallbackReader> callbacks() {
    return Optional.of(new PostmarkEvents());
  }

  @Override
  public Optional<StatusPolling> polling() {
    return Optional.of(new PostmarkStatus());
  }

  static Map<String, String> authorization(ProviderSettings settings) {
    return Map.of("X-Postmark-Server-Token", EmailSettings.key(settings));
  }

  private static Json.Obj body(DeliveryRequest<Content.Email> request, EmailParts parts) {
    EmailParts.Addressed addressed = parts.addressed();
    ProviderSettings settings = request.settings();
    Json.Obj body =
        Json.object().with("From", addressed.from().quoted()).with("To", addresses(addressed.to()));
    body = withAddresses(body, "Cc", addressed.cc());
    body = withAddresses(body, "Bcc", addressed.bcc());
    body = withAddresses(body, "ReplyTo", addressed.replyTo());
    body = body.with("Subject", parts.subject());
    body = parts.text().isEmpty() ? body : body.with("TextBody", parts.text());
    body = parts.html().isBlank() ? body : body.with("HtmlBody", parts.html());
    body =
        body.with("Tag", request.message().workflow().value())
            .with("Metadata", metadata(request.message()));
    if (!parts.headers().isEmpty()) {
      body =
          body.with(
              "Headers",
              Json.array(
                  parts.headers().entrySet().stream()
                      .map(
                          it ->
                              Json.object().with("Name", it.getKey()).with("Value", it.getValue()))
                      .toList()));
    }
    if (!parts.attachments().isEmpty()) {
      body =
          body.with(
              "Attachments",
              Json.array(parts.attachments().stream().map(Postmark::attachment).toList()));
    }
    body =
        body.with("TrackOpens", Json.of(EmailSettings.opens(settings)))
            .with("TrackLinks", EmailSettings.links(settings) ? "HtmlAndText" : "None");
    Optional<String> stream = settings.text(STREAM.name());
    return stream.isPresent() ? body.with("MessageStream", stream.get()) : body;
  }

  private static Json.Obj metadata(DeliveryRequest.Subject message) {
    Json.Obj metadata = Correlation.of(message);
    int recipient = metadata.text(Correlation.RECIPIENT).orElse("").length();
    return recipient > METADATA_VALUE ? metadata.without(Correlation.RECIPIENT) : metadata;
  }

  private static Json.Obj attachment(Attachment file) {
    Json.Obj json =
        Json.object()
            .with("Name", file.name())
            .with("Content", file.content())
            .with("ContentType", file.contentType());
    return EmailParts.shown(file)
        ? json.with("ContentID", "cid:" + file.contentId().orElseThrow())
        : json;
  }

  private static Json.Obj withAddresses(Json.Obj body, String key, List<EmailAddress> addresses) {
    return addresses.isEmpty() ? body : body.with(key, addresses(addresses));
  }

  private static String addresses(List<EmailAddress> addresses) {
    return addresses.stream().map(EmailAddress::quoted).collect(Collectors.joining(", "));
  }

  @Override
  public Optional<ProviderResponse> standIn(ProviderCall.Http request) {
    return StandIn.json(request, 200, "{'ErrorCode':0,'Message':'OK','MessageID':'#'}");
  }
}
