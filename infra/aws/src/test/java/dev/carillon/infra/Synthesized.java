package dev.carillon.infra;

import io.github.cdklabs.cdknag.AwsSolutionsChecks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Aspects;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.cxapi.CloudAssembly;

/**
 * The stacks as their templates say it, with one small file per function in place of the jars that
 * packaging makes.
 */
final class Synthesized {
  /** Synthesis takes seconds, so the tests share one. */
  static final Synthesized DEFAULTS = with(Map.of());

  private final CarillonStacks stacks;
  private final Map<String, Map<String, Object>> templates = new TreeMap<>();

  private Synthesized(CarillonStacks stacks) {
    this.stacks = stacks;
    for (var stack : stacks.all()) {
      templates.put(stack.getStackName(), Template.fromStack(stack).toJSON());
    }
  }

  /** One at a time: jsii talks to one process, and does not look who else does. */
  static synchronized Synthesized with(Map<String, Object> context) {
    try {
      var folder = Files.createTempDirectory("carillon-synth");
      var app = Synth.app(folder.resolve("cdk.out").toString(), context);
      Aspects.of(app).add(new AwsSolutionsChecks());
      return new Synthesized(CarillonStacks.of(app, placeholdersIn(folder)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static FunctionJars placeholdersIn(Path folder) {
    return verb -> {
      try {
        return Files.writeString(folder.resolve(verb + ".jar"), verb);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    };
  }

  /** Of all stacks, by their names. */
  Map<String, Map<String, Object>> templates() {
    return templates;
  }

  /** Of all stacks, by logical id. */
  Map<String, Object> resources() {
    return every("Resources");
  }

  /** Of all stacks, by name. */
  Map<String, Object> outputs() {
    return every("Outputs");
  }

  private Map<String, Object> every(String section) {
    var all = new TreeMap<String, Object>();
    for (var template : templates.values()) {
      Tree.map(template.getOrDefault(section, Map.of()))
          .forEach(
              (id, body) -> {
                if (all.put(id, body) != null) {
                  throw new IllegalStateException("Two stacks have a " + id);
                }
              });
    }
    return all;
  }

  /** All that synthesis writes but the jars: by the name of the file, byte for byte. */
  Map<String, String> written() {
    synchronized (Synthesized.class) {
      var assembly = assembly();
      var written = new TreeMap<String, String>();
      try (var files = Files.list(Path.of(assembly.getDirectory()))) {
        for (var file : files.filter(it -> it.toString().endsWith(".json")).toList()) {
          written.put(file.getFileName().toString(), Files.readString(file));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return written;
    }
  }

  CarillonStacks stacks() {
    return stacks;
  }

  /**
   * What cdk-nag found and nobody acknowledged, resource and rule. As the assembly has it: the
   * CDK's {@code Annotations} synthesize anew for each stack they are asked about.
   */
  List<String> findings() {
    synchronized (Synthesized.class) {
      var assembly = assembly();
      return stacks.all().stream()
          .map(stack -> assembly.getStackArtifact(stack.getArtifactId()).getMetadata())
          .flatMap(byPath -> byPath.entrySet().stream())
          .flatMap(
              at ->
                  at.getValue().stream()
                      .filter(entry -> !entry.getType().equals("aws:cdk:info"))
                      .map(entry -> at.getKey() + ": " + entry.getData()))
          .filter(finding -> finding.contains("AwsSolutions-"))
          .toList();
    }
  }

  private CloudAssembly assembly() {
    return ((App) stacks.data().getNode().getRoot()).synth();
  }

  /** The resources of a type, by logical id. */
  Map<String, Resource> all(String type) {
    return resources().entrySet().stream()
        .map(entry -> new Resource(entry.getKey(), Tree.map(entry.getValue())))
        .filter(resource -> resource.type().equals(type))
        .collect(Collectors.toMap(Resource::id, resource -> resource));
  }

  Resource only(String type) {
    return all(type).values().stream().reduce((_, _) -> null).orElseThrow();
  }

  /** The function whose construct has this id, for example {@code Intake}. */
  Resource function(String id) {
    return all("AWS::Lambda::Function").values().stream()
        .filter(function -> function.id().startsWith(id + "Function"))
        .findFirst()
        .orElseThrow();
  }

  /** The statements in the policies of the role with this logical id. */
  List<Statement> statementsOf(String role) {
    return all("AWS::IAM::Policy").values().stream()
        .filter(policy -> Tree.text(policy.at("Roles")).contains(role))
        .flatMap(policy -> Tree.list(policy.at("PolicyDocument", "Statement")).stream())
        .map(statement -> Statement.of(Tree.map(statement)))
        .toList();
  }

  /** The statements of the function whose construct has this id. */
  List<Statement> grantsOf(String id) {
    return statementsOf(Tree.target(function(id).at("Role")));
  }

  /** The keys of the HTTP API's routes by the id of the function that each leads to. */
  Map<String, List<String>> routesByFunction() {
    var integrations = all("AWS::ApiGatewayV2::Integration");
    return routes("HTTP").stream()
        .collect(
            Collectors.groupingBy(
                route -> {
                  var id = Tree.target(Tree.text(route.at("Target")).replace("integrations/", ""));
                  return Tree.target(integrations.get(id).at("IntegrationUri"))
                      .replaceAll("Alias.*", "");
                },
                Collectors.mapping(route -> Tree.text(route.at("RouteKey")), Collectors.toList())));
  }

  /** The API that speaks that protocol, {@code HTTP} or {@code WEBSOCKET}. */
  Resource api(String protocol) {
    return all("AWS::ApiGatewayV2::Api").values().stream()
        .filter(api -> protocol.equals(api.at("ProtocolType")))
        .findFirst()
        .orElseThrow();
  }

  /** The stage with that name. */
  Resource stage(String name) {
    return all("AWS::ApiGatewayV2::Stage").values().stream()
        .filter(stage -> name.equals(stage.at("StageName")))
        .findFirst()
        .orElseThrow();
  }

  /** The routes of the API that speaks that protocol, {@code HTTP} or {@code WEBSOCKET}. */
  List<Resource> routes(String protocol) {
    var export = protocol.equals("HTTP") ? "-HttpApi" : "-SocketApi";
    return all("AWS::ApiGatewayV2::Route").values().stream()
        .filter(route -> Tree.text(route.at("ApiId")).endsWith(export + "}"))
        .toList();
  }

  record Resource(String id, Map<String, Object> body) {
    String type() {
      return Tree.text(body.get("Type"));
    }

    /** What becomes of it when the stack is deleted. */
    String deletionPolicy() {
      return Tree.text(body.get("DeletionPolicy"));
    }

    /** The value at a path below the properties. */
    Object at(String... path) {
      Object value = body.get("Properties");
      for (String name : path) {
        value = Tree.map(value).get(name);
      }
      return value;
    }

    boolean has(String property) {
      return body.get("Properties") instanceof Map<?, ?> properties
          && properties.containsKey(property);
    }

    int number(String... path) {
      return ((Number) at(path)).intValue();
    }
  }

  record Statement(List<String> actions, List<String> resources, String condition) {
    static Statement of(Map<String, Object> statement) {
      return new Statement(
          Tree.texts(statement.get("Action")),
          Tree.texts(statement.get("Resource")),
          Tree.text(statement.getOrDefault("Condition", "")));
    }
  }
}
