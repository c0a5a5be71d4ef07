package dev.carillon.functions.management.content;

import static dev.carillon.edge.access.Access.management;
import static dev.carillon.edge.route.Operation.byCaller;

import dev.carillon.access.ManagementScope;
import dev.carillon.content.ContentHead;
import dev.carillon.content.ContentId;
import dev.carillon.content.ContentType;
import dev.carillon.content.Contents;
import dev.carillon.content.TranslationFile;
import dev.carillon.edge.ErrorCode;
import dev.carillon.edge.HttpRequest;
import dev.carillon.edge.HttpResponse;
import dev.carillon.edge.RequestFields;
import dev.carillon.edge.RequestValue;
import dev.carillon.edge.access.Access;
import dev.carillon.edge.access.Caller;
import dev.carillon.edge.route.HttpMethod;
import dev.carillon.edge.route.Operation;
import dev.carillon.edge.view.AuthoredView;
import dev.carillon.functions.management.call.EntryPages;
import dev.carillon.functions.management.call.ManagementCall;
import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.template.translation.TranslationCatalog;
import dev.carillon.workflow.VersionId;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Lists, shows, checks, saves and commits translations: a file for each language and namespace. */
final class TranslationCalls {
  private static final Access READ = management(ManagementScope.READ);
  private static final Access WRITE = management(ManagementScope.WRITE);
  private static final String ONE = "/v1/translations/{locale_code}";
  private static final Pattern LOCALE = Pattern.compile("[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.:@-]{1,128}");
  private static final Set<String> FORMATS = Set.of("json", "po");
  private static final Set<String> NAMES = Set.of("namespace", "tenant", "format");
  private static final Set<String> SHOWING = Set.of("annotate", "hide_uncommitted_changes");

  static final List<Operation<TranslationCalls>> OPERATIONS =
      List.of(
          byCaller(HttpMethod.GET, "/v1/translations", READ, TranslationCalls::list),
          byCaller(HttpMethod.GET, ONE, READ, TranslationCalls::show),
          byCaller(HttpMethod.PUT, ONE, WRITE, TranslationCalls::save),
          byCaller(HttpMethod.PUT, ONE + "/validate", READ, TranslationCalls::validate));

  private final ManagementCall.Reader calls;
  private final Contents contents;
  private final ContentLibrary library;
  private final SaveContent saving;

  TranslationCalls(
      ManagementCall.Reader calls, Contents contents, ContentLibrary library, SaveContent saving) {
    this.calls = calls;
    this.contents = contents;
    this.library = library;
    this.saving = saving;
  }

  private record Stored(ContentHead head, Json.Obj file) {}

  private static Set<String> and(Set<String> some, Set<String> more) {
    var all = new HashSet<>(some);
    all.addAll(more);
    return all;
  }

  HttpResponse list(HttpRequest request, Caller caller) {
    var heeded = and(and(NAMES, SHOWING), and(EntryPages.PARAMETERS, Set.of("locale_code")));
    var call = calls.read(request, caller, heeded);
    var found =
        call.of(contents).all(call.id(), ContentType.TRANSLATION).stream()
            .flatMap(head -> stored(call, head).stream())
            .filter(
                it ->
                    fits(call, it.file(), "locale_code")
                        && fits(call, it.file(), "namespace")
                        && fits(call, it.file(), "tenant"))
            .toList();
    return EntryPages.of(
        found,
        call.query(),
        request.cursors(call.id(), "translations"),
        it -> it.head().id().key(),
        it -> view(call, it));
  }

  private static boolean fits(ManagementCall call, Json.Obj file, String field) {
    return call.query()
        .one(field)
        .map(wanted -> wanted.equals(file.text(field).orElse("")))
        .orElse(true);
  }

  private Optional<Stored> stored(ManagementCall call, ContentHead head) {
    Optional<VersionId> version =
        call.query().bool("hide_uncommitted_changes").orElse(false)
            ? head.committed()
            : head.latest();
    return version
        .flatMap(it -> call.of(contents).version(call.id(), head.id(), it))
        .map(file -> new Stored(head, file));
  }

  HttpResponse show(HttpRequest request, Caller caller) {
    var call = calls.read(request, caller, and(NAMES, SHOWING));
    ContentId id =
        id(
            request.pathParameter("locale_code"),
            call.query().one("namespace").orElse(""),
            call.query().one("tenant").orElse(""));
    return call.of(contents)
        .find(call.id(), id)
        .flatMap(head -> stored(call, head))
        .map(it -> view(call, it))
        // Readers differ in whether they look for it within or not.
        .map(view -> HttpResponse.ok(Json.object().with("translation", view).merged(view)))
        .orElseThrow(ErrorCode.RESOURCE_MISSING::refused);
  }

  HttpResponse save(HttpRequest request, Caller caller) {
    var call = calls.read(request, caller, and(NAMES, SaveContent.PARAMETERS));
    Json.Obj file = file(call, request);
    ContentId id = id(file);
    return answer(call, saving.save(call, caller, id, file, library.drafts(call)), file);
  }

  HttpResponse validate(HttpRequest request, Caller caller) {
    var call = calls.read(request, caller, NAMES);
    Json.Obj file = file(call, request);
    ContentId id = id(file);
    SaveContent.refuse(library.drafts(call).ownProblems(id, file));
    return answer(
        call,
        call.of(contents)
            .find(call.id(), id)
            .orElseGet(() -> ContentHead.none(id, call.origin().at())),
        file);
  }

  private static HttpResponse answer(ManagementCall call, ContentHead head, Json.Obj file) {
    return HttpResponse.ok(Json.object().with("translation", view(call, new Stored(head, file))));
  }

  /** The file that the body holds; the language stands in the path, the rest in either. */
  private static Json.Obj file(ManagementCall call, HttpRequest request) {
    RequestFields body = request.fields().required("translation").object();
    var file =
        Json.object()
            .with("locale_code", request.pathParameter("locale_code"))
            .with("namespace", either(call, body, "namespace").orElse(""));
    Optional<String> tenant = either(call, body, "tenant");
    if (tenant.isPresent()) {
      file = file.with("tenant", tenant.get());
    }
    String format =
        body.optional("format")
            .map(it -> it.oneOf(FORMATS))
            .or(() -> call.query().oneOf("format", FORMATS))
            .orElse("json");
    RequestValue content = body.required("content");
    return file.with("format", format)
        .with(
            "content",
            content.isObject() ? JsonText.write(content.object().json()) : content.text());
  }

  private static Optional<String> either(ManagementCall call, RequestFields body, String name) {
    return body.optional(name)
        .map(RequestValue::text)
        .or(() -> call.query().one(name))
        .filter(it -> !it.isEmpty());
  }

  private static ContentId id(Json.Obj file) {
    return id(
        file.text("locale_code").orElse(""),
        file.text("namespace").orElse(""),
        file.text("tenant").orElse(""));
  }

  private static ContentId id(String locale, String namespace, String tenant) {
    if (!LOCALE.matcher(locale).matches()) {
      throw ErrorCode.INVALID_PARAMS.at("locale_code", "must be a language such as de or de-CH");
    }
    check("namespace", namespace);
    check("tenant", tenant);
    return new ContentId(ContentType.TRANSLATION, TranslationFile.key(locale, namespace, tenant));
  }

  private static void check(String field, String name) {
    if (!name.isEmpty() && !NAME.matcher(name).matches()) {
      throw ErrorCode.INVALID_PARAMS.at(
          field, "must be up to 128 characters of A-Z a-z 0-9 _ . : @ -");
    }
  }

  /** Shown in the format that the call names, whichever it was saved in; without one, as it is. */
  private static Json.Obj view(ManagementCall call, Stored stored) {
    Json.Obj file = stored.file();
    String kept = file.text("format").orElse("json");
    String wanted = call.query().oneOf("format", FORMATS).orElse(kept);
    Json.Obj shown =
        wanted.equals(kept) ? file : file.with("format", wanted).with("content", as(wanted, file));
    return AuthoredView.ofTranslation(stored.head(), shown);
  }

  private static String as(String format, Json.Obj file) {
    return format.equals("po")
        ? TranslationCatalog.gettext(file).orElse("")
        : JsonText.write(TranslationCatalog.texts(file).orElse(Json.Obj.EMPTY));
  }
}
