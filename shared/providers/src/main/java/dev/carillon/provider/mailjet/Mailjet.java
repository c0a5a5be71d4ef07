package dev.carillon.provider.mailjet;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
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
import dev.carillon.provider.access.BasicAuth;
import dev.carillon.provider.callback.CallbackReader;
import dev.carillon.provider.email.EmailAddress;
import dev.carillon.provider.email.EmailParts;
import dev.carillon.provider.email.EmailProvider;
import dev.carillon.provider.email.EmailSettings;
import dev.carillon.provider.email.SingleLines;
import dev.carillon.provider.format.JsonBody;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Email through Mailjet, version 3.1 of its interface. Overrides are laid over the one message, not
 * over the list that it is in.
 *
 * <p>https://dev.mailjet.com/email/guides/send-api-v31/
 */
public final class Mailjet implements EmailProvider {
  static final ProviderSetting SECRET =
      ProviderSetting.credential("api_secret_key", "API secret key");

  /** The host of accounts in the US is from memory. */
  private static final Map<String, String> BASES =
      Map.of("eu", "https://api.mailjet.com", "us", "https://api.us.mailjet.com");

  private static final ProviderSetting REGION =
      ProviderSetting.choice("region", "Region", "eu", "us");

  private static final Set<String> BODIES = Set.of("TextPart", "HTMLPart", "Base64Content");

  @Override
  public String key() {
    return "email_mailjet";
  }

  @Override
  public List<ProviderSetting> settings() {
    return List.of(
        EmailSettings.API_KEY,
        SECRET,
        EmailSettings.OPEN_TRACKING,
        EmailSettings.LINK_TRACKING,
        REGION,
        EmailSettings.WEBHOOK_SECRET);
  }

  @Override
  public Preparation prepare(DeliveryRequest<Content.Email> request) {
    return EmailParts.prepared(
        request,
        parts -> {
          Json.Obj message =
              JsonBody.overridden(
                  message(request, parts),
                  request.content().overrides(),
                  whole -> whole.with("CustomID", request.message().id().value()));
          return Preparation.of(
              JsonBody.post(
                  base(request.settings()) + "/v3.1/send",
                  authorization(request.settings()),
                  Json.object()
                      .with("Messages", Json.array(List.of(SingleLines.of(message, BODIES))))));
        });
  }

  @Override
  public DeliveryResult read(DeliveryRequest<Content.Email> request, ProviderResponse response) {
    return MailjetAnswers.read(request.settings(), response);
  }

  @Override
  public Optional<CallbackReader> callbacks() {
    return Optional.of(new MailjetEvents());
  }

  @Override
  public Optional<StatusPolling> polling() {
    return Optional.of(new MailjetStatus());
  }

  static String base(ProviderSettings settings) {
    return BASES.getOrDefault(settings.required(REGION.name()), BASES.get("eu"));
  }

  static Map<String, String> authorization(ProviderSettings settings) {
    return Map.of(
        "Authorization",
        BasicAuth.header(EmailSettings.key(settings), settings.required(SECRET.name())));
  }

  private static Json.Obj message(DeliveryRequest<Content.Email> request, EmailParts parts) {
    EmailParts.Addressed addressed = parts.addressed();
    ProviderSettings settings = request.settings();
    Json.Obj message =
        Json.object().with("From", address(addressed.from())).with("To", addresses(addressed.to()));
    message = addressed.cc().isEmpty() ? message : message.with("Cc", addresses(addressed.cc()));
    message = addressed.bcc().isEmpty() ? message : message.with("Bcc", addresses(addressed.bcc()));
    // Mailjet takes one address for replies.
    message =
        addressed.replyTo().isEmpty()
            ? message
            : message.with("ReplyTo", address(addressed.replyTo().getFirst()));
    message = message.with("Subject", parts.subject());
    message = parts.text().isEmpty() ? message : message.with("TextPart", parts.text());
    message = parts.html().isBlank() ? message : message.with("HTMLPart", parts.html());
    message =
        message
            .with("CustomID", request.message().id().value())
            .with("EventPayload", JsonText.write(Correlation.of(request.message())));
    message = parts.headers().isEmpty() ? message : message.with("Headers", parts.headersJson());
    message = withFiles(message, "Attachments", parts.attached());
    message = withFiles(message, "InlinedAttachments", parts.inline());
    return message
        .with("TrackOpens", enabled(EmailSettings.opens(settings)))
        .with("TrackClicks", enabled(EmailSettings.links(settings)));
  }

  private static Json.Obj withFiles(Json.Obj message, String key, List<Attachment> files) {
    return files.isEmpty()
        ? message
        : message.with(key, Json.array(files.stream().map(Mailjet::file).toList()));
  }

  private static Json.Obj file(Attachment file) {
    Json.Obj json =
        Json.object()
            .with("ContentType", file.contentType())
            .with("Filename", file.name())
            .with("Base64Content", file.content());
    return EmailParts.shown(file) ? json.with("ContentID", file.contentId().orElseThrow()) : json;
  }

  private static Json.Obj address(EmailAddress address) {
    return address.json("Email", "Name");
  }

  private static Json addresses(List<EmailAddress> addresses) {
    return Json.array(addresses.stream().map(Mailjet::address).toList());
  }

  private static String enabled(boolean on) {
    return on ? "enabled" : "disabled";
  }

  @Override
  public Optional<ProviderResponse> standIn(ProviderCall.Http request) {
    return StandIn.json(request, 200, "{'Messages':[{'Status':'success','To':[{'MessageID':#}]}]}");
  }
}
