package dev.carillon.functions.management.commits;

import dev.carillon.authoring.Committing;
import dev.carillon.edge.route.Operations;
import dev.carillon.functions.management.call.ManagementCall;
import dev.carillon.functions.management.content.ContentLibrary;
import dev.carillon.runtime.Ports;

/** What is answered about commits. */
public final class CommitRoutes {
  public static final Operations<Ports> ALL =
      Operations.of(CommitCalls.OPERATIONS, CommitRoutes::calls);

  private CommitRoutes() {}

  private static CommitCalls calls(Ports ports) {
    var contents = ports.contents();
    var commits = ports.commits();
    return new CommitCalls(
        ManagementCall.Reader.of(ports),
        new CommitLists(ports.environmentList(), ports.branches(), contents, commits),
        new ServeContent(
            contents,
            commits,
            ports.workflows(),
            new ContentLibrary(contents, ports.assets(), ports.variables()),
            new Committing(commits, Ports.committing(ports))));
  }
}
