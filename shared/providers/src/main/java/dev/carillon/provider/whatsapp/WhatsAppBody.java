package dev.carillon.provider.whatsapp;

import dev.carillon.json.Json;
import dev.carillon.message.Content;
import dev.carillon.message.Content.ChatBody;
import dev.carillon.provider.DeliveryRequest;
import dev.carillon.provider.chat.ChatMarkdown;
import java.util.List;
import java.util.Optional;

/**
 * What is sent: a template, or what may be said freely for a day after the recipient wrote.
 *
 * <p>Source: https://developers.facebook.com/docs/whatsapp/cloud-api/reference/messages
 */
final class WhatsAppBody {
  /** The kinds of a message, each with an object of its name. */
  private static final List<String> TYPES =
      List.of(
          "template",
          "text",
          "image",
          "audio",
          "document",
          "sticker",
          "video",
          "location",
          "contacts",
          "interactive",
          "reaction");

  private WhatsAppBody() {}

  /** Empty when the content is no object of Meta's. */
  static Optional<Json.Obj> of(DeliveryRequest<Content.Chat> request, String digits) {
    return said(request.content())
        .map(said -> said.mergedDeeply(request.content().overrides()))
        .map(WhatsAppBody::typed)
        .map(
            said ->
                said.with("messaging_product", "whatsapp")
                    .with("recipient_type", "individual")
                    .with("to", digits)
                    .with("biz_opaque_callback_data", request.message().id().value()));
  }

  private static Optional<Json.Obj> said(Content.Chat content) {
    return switch (content.body()) {
      case ChatBody.Markdown(var text) ->
          Optional.of(
              Json.object()
                  .with("type", "text")
                  .with(
                      "text",
                      Json.object().with("body", ChatMarkdown.in(new WhatsAppMarkdown(), text))));
      case ChatBody.Blocks(Json.Obj message, _) -> Optional.of(message);
      case ChatBody.Blocks _ -> Optional.empty();
    };
  }

  private static Json.Obj typed(Json.Obj said) {
    if (said.text("type").isPresent()) {
      return said;
    }
    return TYPES.stream()
        .filter(said.fields()::containsKey)
        .findFirst()
        .map(type -> said.with("type", type))
        .orElse(said);
  }
}
