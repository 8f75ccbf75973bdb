/** What several packages need: texts, progress and notices in a notebook, interrupted training. */
package org.lossbook.base;
