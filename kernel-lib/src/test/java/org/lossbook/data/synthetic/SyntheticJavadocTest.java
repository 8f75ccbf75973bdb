package org.lossbook.data.synthetic;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.lossbook.testing.JavadocExamples;

/** What the Javadoc of the makers promises. */
class SyntheticJavadocTest {
  @Test
  void theJavadocExamplesAreTrue() throws IOException {
    JavadocExamples.check(Path.of("src/main/java/org/lossbook/data/synthetic"), 7);
  }
}
