package dev.carillon.bench.bare;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Makes the calls that the file {@code BARE_CALLS} holds, one after the other, whatever is
 * answered.
 */
public final class BareHandler implements RequestStreamHandler {
  private final BareClients clients = BareClients.ofProcess();

  @Override
  public void handleRequest(InputStream event, OutputStream out, Context context)
      throws IOException {
    event.readAllBytes();
    for (var call : CallFile.read(Path.of(System.getenv("BARE_CALLS")))) {
      clients.make(call);
    }
    out.write("{}".getBytes(StandardCharsets.UTF_8));
  }
}
