package dev.carillon.infra;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.lambda.Alias;
import software.amazon.awscdk.services.lambda.Architecture;
import software.amazon.awscdk.services.lambda.CfnFunction;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.RecursiveLoop;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.lambda.SnapStartConf;
import software.amazon.awscdk.services.logs.FilterPattern;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.logs.MetricFilter;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.constructs.Construct;

/**
 * One function as it is deployed: its role, which begins with nothing but its own log and traces,
 * and the alias {@code live}, the only thing anybody may call, since SnapStart restores published
 * versions alone.
 *
 * <p>The id gives the rest: {@code Intake} is {@code dev.carillon.functions.intake.IntakeHandler}
 * from {@code functions/intake}.
 */
final class DeployedFunction extends Construct {
  static final String ALIAS = "live";

  private final LogGroup log;
  private final Role role;
  private final Function function;
  private final Alias alias;

  DeployedFunction(
      Construct scope, String id, FunctionJars jars, Duration timeout, int memory, String purpose) {
    super(scope, id);
    var verb = id.toLowerCase(Locale.ROOT);
    // Ours, so that it has a retention and goes with the stack; Lambda's own would have neither.
    log =
        LogGroup.Builder.create(this, "Log")
            .retention(RetentionDays.ONE_MONTH)
            .removalPolicy(RemovalPolicy.DESTROY)
            .build();
    role =
        Role.Builder.create(this, "Role")
            .assumedBy(new ServicePrincipal("lambda.amazonaws.com"))
            .build();
    allow(List.of("logs:CreateLogStream", "logs:PutLogEvents"), List.of(log.getLogGroupArn()));
    allow(List.of("xray:PutTraceSegments", "xray:PutTelemetryRecords"), Wildcard.traces());
    function =
        Function.Builder.create(this, "Function")
            .description(purpose)
            .runtime(Runtime.JAVA_25)
            .architecture(Architecture.ARM_64)
            .handler("dev.carillon.functions.%s.%sHandler".formatted(verb, id))
            .code(Code.fromAsset(jars.of(verb).toString()))
            .memorySize(memory)
            .timeout(timeout)
            .role(role)
            .logGroup(log)
            .snapStart(SnapStartConf.ON_PUBLISHED_VERSIONS)
            // A run that waits, a retry and a long page come back through queues on purpose, each
            // with a bound of its own; Lambda would take the sixteenth round for a runaway loop and
            // move the task to the dead-letter queue.
            .recursiveLoop(RecursiveLoop.ALLOW)
            .environment(Map.of("JAVA_TOOL_OPTIONS", "-Dsun.net.http.retryPost=false"))
            .build();
    // CDK's own switch would grant this by itself, unseen.
    ((CfnFunction) function.getNode().getDefaultChild())
        .setTracingConfig(CfnFunction.TracingConfigProperty.builder().mode("Active").build());
    alias =
        Alias.Builder.create(this, "Alias")
            .aliasName(ALIAS)
            .version(function.getCurrentVersion())
            .build();
    Annotations.of(function)
        .acknowledgeWarning(
            "@aws-cdk/aws-lambda:snapStartRequirePublish", "The alias is a published version.");
  }

  /** Gives it a name that those who call it by hand can know; others are named by AWS. */
  DeployedFunction named(String name) {
    ((CfnFunction) function.getNode().getDefaultChild()).setFunctionName(name);
    return this;
  }

  Function function() {
    return function;
  }

  Alias alias() {
    return alias;
  }

  /** The name to invoke: the alias, not the unpublished code behind it. */
  String invocationName() {
    return function.getFunctionName() + ":" + ALIAS;
  }

  /** How often it logged the decision; without data as long as it never did. */
  IMetric logged(String decision, String name) {
    return logged(decision, name, "1");
  }

  /**
   * The sum of what the decision's lines say of it.
   *
   * @param value a field, such as {@code $.woken}
   */
  IMetric logged(String decision, String name, String value) {
    return MetricFilter.Builder.create(this, name)
        .logGroup(log)
        .filterPattern(FilterPattern.stringValue("$.decision", "=", decision))
        .metricNamespace(Stack.of(this).getStackName())
        .metricName(name)
        .metricValue(value)
        .build()
        .metric(MetricOptions.builder().statistic("Sum").period(Duration.minutes(5)).build());
  }

  void set(String variable, String value) {
    function.addEnvironment(variable, value);
  }

  /** Allows the actions on resources that have exact names. */
  void allow(List<String> actions, List<String> resources) {
    allow(PolicyStatement.Builder.create().actions(actions).resources(resources).build());
  }

  /** Allows the actions on a reviewed pattern. */
  void allow(List<String> actions, Wildcard resources) {
    allow(actions, List.of(resources.arn(Stack.of(this))));
    resources.acknowledgeOn(role);
  }

  void allow(PolicyStatement statement) {
    role.addToPrincipalPolicy(statement);
  }
}
