package dev.carillon.provider.chat;

import java.util.ArrayList;
import org.commonmark.node.CustomNode;
import org.commonmark.node.Node;
import org.commonmark.node.Nodes;
import org.commonmark.node.Text;
import org.commonmark.parser.delimiter.DelimiterProcessor;
import org.commonmark.parser.delimiter.DelimiterRun;

/** Words between two tildes on either side, which CommonMark leaves to GitHub's extension of it. */
final class Struck extends CustomNode {

  static final class Tildes implements DelimiterProcessor {
    private static final int EACH_SIDE = 2;

    @Override
    public char getOpeningCharacter() {
      return '~';
    }

    @Override
    public char getClosingCharacter() {
      return '~';
    }

    @Override
    public int getMinLength() {
      return EACH_SIDE;
    }

    @Override
    public int process(DelimiterRun opening, DelimiterRun closing) {
      if (opening.length() != EACH_SIDE || closing.length() != EACH_SIDE) {
        return 0;
      }
      Text opener = opening.getOpener();
      var between = new ArrayList<Node>();
      Nodes.between(opener, closing.getCloser()).forEach(between::add);
      var struck = new Struck();
      between.forEach(struck::appendChild);
      opener.insertAfter(struck);
      return EACH_SIDE;
    }
  }
}
