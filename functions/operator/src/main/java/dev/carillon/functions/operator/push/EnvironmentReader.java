package dev.carillon.functions.operator.push;

import dev.carillon.channel.Channel;
import dev.carillon.edge.ApiException;
import dev.carillon.edge.IdentificationReader;
import dev.carillon.edge.RequestFields;
import dev.carillon.edge.RequestValue;
import dev.carillon.functions.operator.push.EnvironmentFile.Described;
import dev.carillon.functions.operator.push.EnvironmentFile.KeyedAudience;
import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.json.text.MalformedJson;
import dev.carillon.project.Finding;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.TenantId;
import dev.carillon.setting.BrandReader;
import dev.carillon.setting.ChannelGroupReader;
import dev.carillon.setting.PreferenceCenterReader;
import dev.carillon.subscription.Subscription;
import dev.carillon.tracking.link.LinkDomains;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Reads {@code environment.json} strictly. Each entry of a list stands for itself: what is wrong
 * with one is found and the others are taken.
 */
final class EnvironmentReader {
  /** Of one list: the file is for what an environment begins with, not for importing a customer. */
  static final int MOST = 1_000;

  private static final Set<String> FIELDS =
      Set.of(
          "timezone",
          "preferences",
          "tenants",
          "objects",
          "users",
          "audiences",
          "channel_groups",
          "tracking_domains",
          "preference_center",
          "$schema");
  private final String path;
  private final IdentificationReader identifying;
  private final List<Finding> findings = new ArrayList<>();

  private EnvironmentReader(String path, IdentificationReader identifying) {
    this.path = path;
    this.identifying = identifying;
  }

  /**
   * @param channels those of the environment, by whose keys channel data may be named
   */
  static EnvironmentFile read(String path, String text, Supplier<List<Channel>> channels) {
    return new EnvironmentReader(path, new IdentificationReader(channels)).file(text);
  }

  private EnvironmentFile file(String text) {
    var root = new RequestFields(root(text), "");
    taken(() -> root.only(FIELDS));
    return new EnvironmentFile(
        path,
        taken(() -> root.optional("timezone").map(RequestValue::zone)).flatMap(it -> it),
        taken(() -> root.optional("preferences").map(EnvironmentReader::preferenceSet))
            .flatMap(it -> it),
        each(root, "channel_groups", ChannelGroupReader::read, it -> it.text("key")),
        each(root, "tenants", this::tenant, Described::id),
        each(root, "objects", this::object, Described::id),
        each(root, "users", this::user, Described::id),
        each(root, "audiences", AudienceEntry::read, KeyedAudience::key),
        taken(() -> root.optional("tracking_domains").map(EnvironmentReader::trackingDomains))
            .flatMap(it -> it),
        taken(() -> root.optional("preference_center").map(PreferenceCenterReader::read))
            .flatMap(it -> it),
        findings);
  }

  private Json.Obj root(String text) {
    try {
      if (JsonText.parse(text) instanceof Json.Obj object) {
        return object;
      }
      findings.add(Finding.inFile(path, "The file does not hold a JSON object."));
    } catch (MalformedJson e) {
      findings.add(Finding.inFile(path, e.located()));
    }
    return Json.Obj.EMPTY;
  }

  /** The entries of a list that can be taken; of two with one name, the first. */
  private <T> List<T> each(
      RequestFields root, String list, Function<RequestValue, T> read, Function<T, Object> name) {
    var entries = new ArrayList<T>();
    var names = new HashSet<Object>();
    for (var value : taken(() -> items(root, list)).orElse(List.of())) {
      taken(
              () -> {
                var entry = read.apply(value);
                if (!names.add(name.apply(entry))) {
                  throw value.refused("is in the list already");
                }
                return entry;
              })
          .ifPresent(entries::add);
    }
    return entries;
  }

  /** What was read; empty, with findings, when it was refused. */
  private <T> Optional<T> taken(Supplier<T> read) {
    try {
      return Optional.of(read.get());
    } catch (ApiException e) {
      e.fields()
          .forEach(
              it ->
                  findings.add(Finding.inFile(path, it.path() + ": " + it.sentence() + stop(it))));
      return Optional.empty();
    }
  }

  private static String stop(ApiException.Field field) {
    return field.sentence().endsWith(".") ? "" : ".";
  }

  private static List<RequestValue> items(RequestFields fields, String list) {
    return fields.optional(list).map(value -> value.list(0, MOST)).orElse(List.of());
  }

  private static Json.Obj trackingDomains(RequestValue value) {
    var fields =
        value.object().only(Set.of(LinkDomains.LINK, LinkDomains.SHORT_LINK, LinkDomains.OPEN));
    for (String use : fields.json().fields().keySet()) {
      RequestValue name = fields.required(use);
      if (!LinkDomains.isValid(name.text())) {
        throw name.refused("must be a domain name in lower case, without scheme, port or path");
      }
    }
    return fields.json();
  }

  private static Json.Obj preferenceSet(RequestValue value) {
    var set = value.object();
    IdentificationReader.checkPreferences(set);
    return set.json();
  }

  private Described tenant(RequestValue value) {
    var fields = value.object();
    var id = fields.required("id");
    if (id.id().chars().anyMatch(Character::isWhitespace)) {
      throw id.refused("must not contain spaces");
    }
    fields
        .optional("settings")
        .map(RequestValue::object)
        .ifPresent(EnvironmentReader::checkSettings);
    return new Described(
        value.path(), new TenantId(id.id()).recipient(), identifying.ofTenant(fields), List.of());
  }

  private static void checkSettings(RequestFields settings) {
    settings.only(Set.of("preference_set", "branding"));
    settings.optional("branding").ifPresent(BrandReader::read);
  }

  private Described object(RequestValue value) {
    var fields = value.object();
    var collection = fields.required("collection");
    if (collection.id().startsWith("$")) {
      throw collection.refused("must not be one of the system's");
    }
    var id = new RecipientId(collection.id(), fields.required("id").id());
    var subscriptions =
        items(fields, "subscribers").stream().flatMap(it -> subscriptions(id, it)).toList();
    return new Described(
        value.path(),
        id,
        identifying.of(new RequestFields(fields.json().without("subscribers"), fields.path())),
        subscriptions);
  }

  /** Those of one entry: {@code "ada"}, or {@code {"recipients": ["ada"], "properties": {…}}}. */
  private static Stream<Subscription> subscriptions(RecipientId object, RequestValue value) {
    if (!value.isObject() || value.object().json().get("recipients").isEmpty()) {
      return Stream.of(new Subscription(object, reference(value), Json.Obj.EMPTY));
    }
    var entry = value.object().only(Set.of("recipients", "properties"));
    var properties =
        entry.optional("properties").map(it -> it.object().json()).orElse(Json.Obj.EMPTY);
    return entry.required("recipients").list(1, MOST).stream()
        .map(it -> new Subscription(object, reference(it), properties));
  }

  private static RecipientId reference(RequestValue value) {
    if (value.isText()) {
      return RecipientId.user(value.id());
    }
    if (!value.isObject()) {
      throw value.refused("must be the id of a user, or {\"id\", \"collection\"}");
    }
    var fields = value.object().only(Set.of("id", "collection"));
    return new RecipientId(
        fields.optional("collection").map(RequestValue::id).orElse(RecipientId.USERS),
        fields.required("id").id());
  }

  private Described user(RequestValue value) {
    var fields = value.object();
    return new Described(
        value.path(),
        RecipientId.user(fields.required("id").id()),
        identifying.of(fields),
        List.of());
  }
}
