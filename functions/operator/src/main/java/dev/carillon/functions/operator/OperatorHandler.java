package dev.carillon.functions.operator;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.carillon.fetch.GuardedFetch;
import dev.carillon.fetch.SendFetch;
import dev.carillon.json.text.JsonText;
import dev.carillon.runtime.Environment;
import dev.carillon.runtime.Ports;
import dev.carillon.runtime.Priming;
import dev.carillon.storage.Stores;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * The door for the deployment's operator: invoked directly, so that IAM decides who may. It has no
 * route and no queue.
 */
public final class OperatorHandler implements RequestStreamHandler {
  private final Actions actions;

  /** Lambda's door. */
  public OperatorHandler() {
    this(
        Priming.ofProcess(
            OperatorHandler::new,
            "{\"action\":\"public_keys\",\"environment\":\"priming\",\"allow\":\"token\"}"));
  }

  public OperatorHandler(Environment environment) {
    this(Stores.of(environment), GuardedFetch.of(environment));
  }

  public OperatorHandler(Ports ports, SendFetch outside) {
    this(new OperatorWiring(ports, outside));
  }

  /** The tests' door. */
  OperatorHandler(OperatorWiring wiring) {
    this.actions = wiring.actions();
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    output.write(JsonText.bytes(actions.answer(input.readAllBytes())));
  }
}
