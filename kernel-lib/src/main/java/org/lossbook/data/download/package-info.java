/** Downloads of published files, verified and kept in a cache. */
package org.lossbook.data.download;
