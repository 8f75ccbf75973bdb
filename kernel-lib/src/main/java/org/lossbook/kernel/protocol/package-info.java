/** What IJava's base lacks of Jupyter's protocol: history, replies of skipped cells, failures. */
package org.lossbook.kernel.protocol;
