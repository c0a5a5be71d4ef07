package dev.carillon.local.template;

import dev.carillon.json.Json;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * CloudFormation's intrinsic functions over all stacks of one app: {@code Ref}, {@code GetAtt},
 * {@code Sub}, {@code Join}, {@code Select}, {@code Split}, {@code ImportValue} and the pseudo
 * parameters. Any other is an {@link UnsupportedTemplate} that names it.
 */
final class Intrinsics {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(!?)([^}]*)}");

  private final AccountRegion place;
  private final Map<String, Map<String, TemplateResource>> resources = new LinkedHashMap<>();
  private final Map<String, Json.Obj> parameters = new HashMap<>();
  private final Map<String, Export> exports = new HashMap<>();

  private record Export(String stack, Json value) {}

  Intrinsics(CloudAssembly assembly, AccountRegion place) {
    this.place = place;
    for (var stack : assembly.stacks()) {
      var own = new LinkedHashMap<String, TemplateResource>();
      stack
          .template()
          .object("Resources")
          .fields()
          .forEach(
              (id, value) -> {
                if (value instanceof Json.Obj resource) {
                  own.put(
                      id,
                      new TemplateResource(
                          stack.name(),
                          id,
                          resource.text("Type").orElse(""),
                          resource.object("Properties")));
                }
              });
      resources.put(stack.name(), own);
      parameters.put(stack.name(), stack.template().object("Parameters"));
      for (var output : stack.template().object("Outputs").fields().values()) {
        if (output instanceof Json.Obj o) {
          var value = o.get("Value").orElse(Json.NULL);
          o.object("Export")
              .text("Name")
              .ifPresent(name -> exports.put(name, new Export(stack.name(), value)));
        }
      }
    }
  }

  List<TemplateResource> resources() {
    return resources.values().stream().flatMap(own -> own.values().stream()).toList();
  }

  /** The value with every intrinsic function in it carried out. */
  Json resolve(String stack, Json value) {
    return switch (value) {
      case Json.Obj object -> {
        var function = function(object);
        yield function.isPresent()
            ? call(stack, function.get(), object.fields().get(function.get()))
            : resolveFields(stack, object);
      }
      case Json.Arr(var items) ->
          new Json.Arr(items.stream().map(item -> resolve(stack, item)).toList());
      case Json.Str _, Json.Num _, Json.Bool _, Json.Null _ -> value;
    };
  }

  Json.Obj resolveFields(String stack, Json.Obj object) {
    var resolved = new LinkedHashMap<String, Json>();
    object.fields().forEach((key, value) -> resolved.put(key, resolve(stack, value)));
    return new Json.Obj(resolved);
  }

  /** The value as text: numbers and booleans as CloudFormation would write them. */
  String text(String stack, Json value) {
    return switch (resolve(stack, value)) {
      case Json.Str(var text) -> text;
      case Json.Num(var number) -> number.toPlainString();
      case Json.Bool(var bool) -> String.valueOf(bool);
      case Json.Obj _, Json.Arr _, Json.Null _ ->
          throw new UnsupportedTemplate("A text was expected in stack " + stack + ", not " + value);
    };
  }

  private static Optional<String> function(Json.Obj object) {
    if (object.fields().size() != 1) {
      return Optional.empty();
    }
    var name = object.fields().keySet().iterator().next();
    return name.equals("Ref") || name.startsWith("Fn::") ? Optional.of(name) : Optional.empty();
  }

  private Json call(String stack, String function, Json argument) {
    return switch (function) {
      case "Ref" -> ref(stack, text(stack, argument));
      case "Fn::GetAtt" -> {
        var path =
            argument instanceof Json.Arr(var items)
                ? items.stream().map(item -> text(stack, item)).toList()
                : List.of(text(stack, argument).split("\\.", 2));
        yield Json.of(attribute(resource(stack, path.getFirst()), path.getLast()));
      }
      case "Fn::Join" -> {
        var parts = arguments(function, argument, 2);
        yield Json.of(String.join(text(stack, parts.getFirst()), texts(stack, parts.getLast())));
      }
      case "Fn::Select" -> {
        var parts = arguments(function, argument, 2);
        var index = Integer.parseInt(text(stack, parts.getFirst()));
        var from = texts(stack, parts.getLast());
        if (index >= from.size()) {
          throw new UnsupportedTemplate(
              "Fn::Select " + index + " of " + from + " in stack " + stack);
        }
        yield Json.of(from.get(index));
      }
      case "Fn::Split" -> {
        var parts = arguments(function, argument, 2);
        yield Json.texts(
            Arrays.asList(
                text(stack, parts.getLast())
                    .split(Pattern.quote(text(stack, parts.getFirst())), -1)));
      }
      case "Fn::Sub" -> Json.of(substitute(stack, argument));
      case "Fn::ImportValue" -> {
        var name = text(stack, argument);
        var export = exports.get(name);
        if (export == null) {
          throw new UnsupportedTemplate(
              "No stack exports " + name + ", which " + stack + " imports");
        }
        yield resolve(export.stack(), export.value());
      }
      default ->
          throw new UnsupportedTemplate(
              "The intrinsic function " + function + " in stack " + stack + " is not interpreted");
    };
  }

  private static List<Json> arguments(String function, Json argument, int count) {
    if (argument instanceof Json.Arr(var items) && items.size() == count) {
      return items;
    }
    throw new UnsupportedTemplate(function + " takes " + count + " arguments, not " + argument);
  }

  private List<String> texts(String stack, Json value) {
    if (resolve(stack, value) instanceof Json.Arr(var items)) {
      return items.stream().map(item -> text(stack, item)).toList();
    }
    throw new UnsupportedTemplate("A list was expected in stack " + stack + ", not " + value);
  }

  private String substitute(String stack, Json argument) {
    var own = new HashMap<String, String>();
    String pattern;
    if (argument instanceof Json.Arr) {
      var parts = arguments("Fn::Sub", argument, 2);
      pattern = text(stack, parts.getFirst());
      if (parts.getLast() instanceof Json.Obj(var fields)) {
        fields.forEach((name, value) -> own.put(name, text(stack, value)));
      }
    } else {
      pattern = text(stack, argument);
    }
    return PLACEHOLDER
        .matcher(pattern)
        .replaceAll(
            match -> {
              var name = match.group(2);
              var value =
                  !match.group(1).isEmpty()
                      ? "${" + name + "}"
                      : own.containsKey(name) ? own.get(name) : named(stack, name);
              return Matcher.quoteReplacement(value);
            });
  }

  private String named(String stack, String name) {
    var dot = name.indexOf('.');
    return dot > 0
        ? attribute(resource(stack, name.substring(0, dot)), name.substring(dot + 1))
        : text(stack, ref(stack, name));
  }

  private Json ref(String stack, String name) {
    return switch (name) {
      case "AWS::AccountId" -> Json.of(place.account());
      case "AWS::Region" -> Json.of(place.region());
      case "AWS::Partition" -> Json.of("aws");
      case "AWS::URLSuffix" -> Json.of("amazonaws.com");
      case "AWS::StackName" -> Json.of(stack);
      case "AWS::StackId" -> Json.of(place.arn("cloudformation", "stack/" + stack + "/local"));
      default -> {
        var parameter = parameters.get(stack).get(name);
        yield parameter.isPresent()
            ? parameter(name, parameter.get())
            : Json.of(reference(resource(stack, name)));
      }
    };
  }

  private static Json parameter(String name, Json declaration) {
    return Optional.of(declaration)
        .filter(Json.Obj.class::isInstance)
        .map(Json.Obj.class::cast)
        .flatMap(object -> object.get("Default"))
        .orElseThrow(() -> new UnsupportedTemplate("Parameter " + name + " has no default"));
  }

  private TemplateResource resource(String stack, String logicalId) {
    var resource = resources.get(stack).get(logicalId);
    if (resource == null) {
      throw new UnsupportedTemplate("Stack " + stack + " has no resource " + logicalId);
    }
    return resource;
  }

  /** What {@code Ref} gives: by type a name, a URL or an ARN. */
  String reference(TemplateResource of) {
    return switch (of.type()) {
      case "AWS::SQS::Queue" ->
          "https://sqs." + place.region() + ".amazonaws.com/" + place.account() + "/" + name(of);
      case "AWS::Lambda::Version" -> functionArn(of) + ":1";
      case "AWS::Lambda::Alias" -> functionArn(of) + ":" + property(of, "Name").orElse("live");
      case "AWS::SNS::Topic", "AWS::SecretsManager::Secret" -> arn(of);
      default -> name(of);
    };
  }

  /** What {@code GetAtt} gives for the attributes that the local stack knows of the type. */
  String attribute(TemplateResource of, String attribute) {
    var supported =
        switch (attribute) {
          case "Arn" -> Optional.of(arn(of));
          case "QueueName", "TopicName" -> Optional.of(name(of));
          case "QueueUrl" -> Optional.of(reference(of));
          case "TopicArn", "FunctionArn" -> Optional.of(arn(of));
          case "Version" -> Optional.of("1");
          case "ApiId" -> Optional.of(name(of));
          case "ApiEndpoint" ->
              Optional.of(
                  "https://" + name(of) + ".execute-api." + place.region() + ".amazonaws.com");
          case "Id" ->
              Optional.of(of.type().startsWith("AWS::SecretsManager") ? arn(of) : name(of));
          default -> Optional.<String>empty();
        };
    return supported.orElseThrow(
        () ->
            new UnsupportedTemplate(
                "Attribute "
                    + attribute
                    + " of resource "
                    + of.logicalId()
                    + " ("
                    + of.type()
                    + ") is not known to the local stack"));
  }

  String arn(TemplateResource of) {
    var name = name(of);
    return switch (of.type()) {
      case "AWS::SQS::Queue" -> place.arn("sqs", name);
      case "AWS::SNS::Topic" -> place.arn("sns", name);
      case "AWS::DynamoDB::GlobalTable", "AWS::DynamoDB::Table" ->
          place.arn("dynamodb", "table/" + name);
      case "AWS::Lambda::Function" -> place.arn("lambda", "function:" + name);
      case "AWS::Lambda::Alias", "AWS::Lambda::Version" -> reference(of);
      case "AWS::Logs::LogGroup" -> place.arn("logs", "log-group:" + name + ":*");
      case "AWS::Scheduler::ScheduleGroup" -> place.arn("scheduler", "schedule-group/" + name);
      case "AWS::SecretsManager::Secret" -> place.arn("secretsmanager", "secret:" + name);
      case "AWS::SES::ConfigurationSet" -> place.arn("ses", "configuration-set/" + name);
      case "AWS::KMS::Key" -> place.arn("kms", "key/" + name);
      case "AWS::IAM::Role" -> "arn:aws:iam::" + place.account() + ":role/" + name;
      default -> place.arn(service(of.type()), name);
    };
  }

  private static String service(String type) {
    var parts = type.split("::");
    return parts.length > 1 ? parts[1].toLowerCase(Locale.ROOT) : "unknown";
  }

  private String functionArn(TemplateResource of) {
    var name = text(of.stack(), of.properties().get("FunctionName").orElse(Json.NULL));
    return name.startsWith("arn:") ? name : place.arn("lambda", "function:" + name);
  }

  /** The resource's own name: the one the template gives, else one made of stack and logical id. */
  String name(TemplateResource of) {
    var property =
        switch (of.type()) {
          case "AWS::SQS::Queue" -> "QueueName";
          case "AWS::SNS::Topic" -> "TopicName";
          case "AWS::DynamoDB::GlobalTable", "AWS::DynamoDB::Table" -> "TableName";
          case "AWS::Lambda::Function" -> "FunctionName";
          case "AWS::Logs::LogGroup" -> "LogGroupName";
          case "AWS::IAM::Role" -> "RoleName";
          case "AWS::Scheduler::ScheduleGroup",
              "AWS::Scheduler::Schedule",
              "AWS::SES::ConfigurationSet",
              "AWS::SecretsManager::Secret" ->
              "Name";
          // An API has a Name too, but it is known by an id that AWS makes up.
          default -> "";
        };
    return property(of, property).orElseGet(of::generatedName);
  }

  private Optional<String> property(TemplateResource of, String name) {
    return of.properties().get(name).map(value -> text(of.stack(), value));
  }
}
