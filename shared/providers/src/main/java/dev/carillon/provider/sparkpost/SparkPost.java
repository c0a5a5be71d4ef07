package dev.carillon.provider.sparkpost;

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
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Email through SparkPost. Who gets a copy is one more recipient whose mail shows the same To.
 *
 * <p>https://developers.sparkpost.com/api/transmissions/
 */
public final class SparkPost implements EmailProvider {
  private static final ProviderSetting REGION =
      ProviderSetting.choice("region", "Region", "us", "eu");
  private static final Map<String, String> BASES =
      Map.of(
          "us", "https://api.sparkpost.com/api/v1",
          "eu", "https://api.eu.sparkpost.com/api/v1");

  private static final Set<String> BODIES = Set.of("text", "html", "data", "amp_html");

  /** Bytes. */
  private static final int CAMPAIGN = 64;

  @Override
  public String key() {
    return "email_sparkpost";
  }

  @Override
  public List<ProviderSetting> settings() {
    return List.of(
        EmailSettings.API_KEY,
        REGION,
        EmailSettings.OPEN_TRACKING,
        EmailSettings.LINK_TRACKING,
        EmailSettings.WEBHOOK_SECRET);
  }

  @Override
  public Preparation prepare(DeliveryRequest<Content.Email> request) {
    return EmailPost.of(
        request,
        parts ->
            new EmailPost(
                base(request.settings()) + "/transmissions",
                authorization(request.settings()),
                body(request, parts),
                whole ->
                    whole.with(
                        "metadata",
                        whole.object("metadata").merged(Correlation.of(request.message()))),
                BODIES));
  }

  @Override
  public DeliveryResult read(DeliveryRequest<Content.Email> request, ProviderResponse response) {
    return SparkPostAnswers.read(request.settings(), response);
  }

  @Override
  public Optional<CallbackReader> callbacks() {
    return Optional.of(new SparkPostEvents());
  }

  @Override
  public Optional<StatusPolling> polling() {
    return Optional.of(new SparkPostStatus());
  }

  static String base(ProviderSettings settings) {
    return BASES.getOrDefault(settings.required(REGION.name()), BASES.get("us"));
  }

  /** The key alone, without the name of a scheme. */
  static Map<String, String> authorization(ProviderSettings settings) {
    return Map.of("Authorization", EmailSettings.key(settings));
  }

  private static Json.Obj body(DeliveryRequest<Content.Email> request, EmailParts parts) {
    EmailParts.Addressed addressed = parts.addressed();
    ProviderSettings settings = request.settings();
    String shownTo = joined(addressed.to());
    Json recipients =
        Json.array(
            addressed.recipients().stream()
                .map(
                    it ->
                        Json.object()
                            .with(
                                "address",
                                Json.object()
                                    .with("email", it.address())
                                    .with("header_to", shownTo)))
                .toList());
    return Json.object()
        .with(
            "options",
            Json.object()
                .with("open_tracking", Json.of(EmailSettings.opens(settings)))
                .with("click_tracking", Json.of(EmailSettings.links(settings)))
                .with("transactional", Json.TRUE)
                // Nothing in the content is SparkPost's to fill in.
                .with("perform_substitutions", Json.FALSE))
        .with("campaign_id", campaign(request.message().workflow().value()))
        .with("metadata", Correlation.of(request.message()))
        .with("recipients", recipients)
        .with("content", content(parts));
  }

  private static Json.Obj content(EmailParts parts) {
    EmailParts.Addressed addressed = parts.addressed();
    Json.Obj content = Json.object().with("from", addressed.from().json("email", "name"));
    content =
        addressed.replyTo().isEmpty()
            ? content
            : content.with("reply_to", joined(addressed.replyTo()));
    content = content.with("subject", parts.subject());
    content = parts.text().isEmpty() ? content : content.with("text", parts.text());
    content = parts.html().isBlank() ? content : content.with("html", parts.html());
    Json.Obj headers = parts.headersJson();
    headers = addressed.cc().isEmpty() ? headers : headers.with("Cc", joined(addressed.cc()));
    content = headers.fields().isEmpty() ? content : content.with("headers", headers);
    content = withFiles(content, "attachments", parts.attached());
    return withFiles(content, "inline_images", parts.inline());
  }

  private static Json.Obj withFiles(Json.Obj content, String key, List<Attachment> files) {
    return files.isEmpty()
        ? content
        : content.with(key, Json.array(files.stream().map(SparkPost::file).toList()));
  }

  /** The name of an image is what {@code cid:} says. */
  private static Json.Obj file(Attachment file) {
    return Json.object()
        .with("name", EmailParts.shown(file) ? file.contentId().orElseThrow() : file.name())
        .with("type", file.contentType())
        .with("data", file.content());
  }

  private static String joined(List<EmailAddress> addresses) {
    return addresses.stream().map(EmailAddress::quoted).collect(Collectors.joining(", "));
  }

  private static String campaign(String workflow) {
    var cut = new StringBuilder();
    int bytes = 0;
    for (int c : workflow.codePoints().toArray()) {
      String next = Character.toString(c);
      bytes += next.getBytes(StandardCharsets.UTF_8).length;
      if (bytes > CAMPAIGN) {
        break;
      }
      cut.append(next);
    }
    return cut.toString();
  }

  @Override
  public Optional<ProviderResponse> standIn(ProviderCall.Http request) {
    return StandIn.json(request, 200, "{'results':{'id':'#','total_accepted_recipients':1}}");
  }
}
