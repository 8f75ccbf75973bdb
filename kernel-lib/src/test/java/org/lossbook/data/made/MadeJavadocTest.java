package org.lossbook.data.made;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.lossbook.testing.JavadocExamples;

/** What the Javadoc of the makers promises. */
class MadeJavadocTest {
  @Test
  void theExamplesComeToWhatTheyPromise() throws IOException {
    JavadocExamples.check(Path.of("src/main/java/org/lossbook/data/made"), 7);
  }
}
