package dev.carillon.infra;

import java.nio.file.Path;
import java.util.Map;
import software.amazon.awscdk.App;

/**
 * Writes the cloud assembly: {@code Synth REPOSITORY OUTPUT_FOLDER}.
 *
 * <p>The build runs this in a process of its own; {@code cdk deploy} runs the same build and names
 * another folder in {@code CDK_OUTDIR}, which then wins.
 */
public final class Synth {
  private Synth() {}

  public static void main(String[] arguments) {
    if (arguments.length != 2) {
      throw new IllegalArgumentException("Usage: Synth REPOSITORY OUTPUT_FOLDER");
    }
    var app = app(System.getenv().getOrDefault("CDK_OUTDIR", arguments[1]), Map.of());
    CarillonStacks.of(app, FunctionJars.builtIn(Path.of(arguments[0])));
    app.synth();
  }

  /**
   * An app that gives the same template however it is started: what the CDK command line would add
   * by itself (its version, construct paths) is off, and so are stack traces, which hold folders of
   * the machine.
   */
  static App app(String outputFolder, Map<String, Object> context) {
    return App.Builder.create()
        .outdir(outputFolder)
        .context(context)
        .analyticsReporting(false)
        .stackTraces(false)
        .treeMetadata(false)
        .build();
  }
}
